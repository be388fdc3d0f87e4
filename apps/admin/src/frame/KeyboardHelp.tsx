import { Modal, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { namedPages } from './navigation.js';
import { useEntries } from './use-entries.js';
import css from './Frame.module.css';

interface Props {
  readonly open: boolean;
  readonly close: () => void;
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
}

export function KeyboardHelp({ open, close, singleKeys, setSingleKeys }: Props) {
  const { t } = useTranslation();
  const entries = useEntries();
  const rows: [string[], string][] = [
    [['/', '⌘K', 'Ctrl K'], t('frame.help.search')],
    [['?'], t('frame.help.help')],
    ...namedPages(entries).flatMap(({ letter, label }): [string[], string][] =>
      letter ? [[[`g ${letter}`], t(label)]] : [],
    ),
    [['j', 'k'], t('frame.help.nextRow')],
    [['Enter'], t('frame.help.openRow')],
    [['x'], t('frame.help.selectRow')],
    [['a'], t('frame.help.takeOver')],
    [['d'], t('frame.help.decide')],
    [['q'], t('frame.help.ask')],
    [['⌘ Enter', 'Ctrl Enter'], t('frame.help.send')],
    [['⌘S', 'Ctrl S'], t('frame.help.save')],
    [['Alt ↑', 'Alt ↓'], t('frame.help.moveClause')],
    [['Esc'], t('frame.help.escape')],
  ];
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('frame.help.title')} width={440}>
      <table className={css['keys']}>
        <tbody>
          {rows.map(([keys, does]) => (
            <tr key={does}>
              <td>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className={css['switch']}>
        <Switch size="small" checked={singleKeys} onChange={setSingleKeys} />
        <span>{t('frame.help.singleKeys')}</span>
      </label>
    </Modal>
  );
}
