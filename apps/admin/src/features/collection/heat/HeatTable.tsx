import { useTranslation } from 'react-i18next';
import type { HeatCell } from '../collection.types.js';
import { Num } from '../../../ui/Num.js';
import { placeText } from './degrees.js';
import { middleOf } from './projection.js';
import css from './heat.module.css';

/** The same as the map, to read: the fullest cell first. */
export function HeatTable({ title, cells }: { title: string; cells: readonly HeatCell[] }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={css['figures']} role="region" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('heat.around')}</th>
            <th scope="col">{t('heat.cell')}</th>
            <th scope="col">{t('heat.subjectsColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.cell}>
              <th scope="row">{placeText(middleOf(cell), i18n.language)}</th>
              <td className="code">{cell.cell}</td>
              <td>
                <Num value={cell.subjects} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
