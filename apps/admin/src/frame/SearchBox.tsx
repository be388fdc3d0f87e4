import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useId, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { handOver } from '../session/look-up.js';
import { useProblem } from '../ui/use-problem.js';
import { useSearchOptions, type SearchOption } from './search-options.js';
import { lookUp } from './search.queries.js';
import css from './SearchBox.module.css';

/** Exact look-up of a request or a revision, or a page by name, nothing being sent before Enter; a person is looked up on the page that asks why. */
export function SearchBox({ ref }: { ref: Ref<InputRef> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const showProblem = useProblem();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const [active, setActive] = useState(0);
  const [nothing, setNothing] = useState(false);
  const options = useSearchOptions(typed);

  const type = (text: string) => {
    setTyped(text);
    setActive(0);
    setNothing(false);
  };
  const leave = (to: string) => {
    type('');
    setOpened(false);
    void navigate(to);
  };
  const choose = async (option: SearchOption | undefined) => {
    if (!option) return setNothing(typed.trim() !== '');
    const { to, term } = option;
    if (to) return leave(to);
    if (term?.kind === 'subject') {
      handOver({ by: term.by, value: term.value });
      return leave('/subjects');
    }
    try {
      const [found] = term ? await lookUp(term) : [];
      if (found) leave(found.to);
      else setNothing(true);
    } catch (error) {
      showProblem(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') setOpened(false);
    else if (event.key === 'Enter') void choose(options[active]);
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else return;
    event.preventDefault();
  };

  const shown = opened && typed.trim() !== '';
  return (
    <div className={css['search']} role="search">
      <Input
        ref={ref}
        value={typed}
        prefix={<SearchOutlined aria-hidden />}
        suffix={
          <kbd className={css['key']} aria-hidden>
            /
          </kbd>
        }
        placeholder={t('frame.search.placeholder')}
        aria-label={t('frame.search.label')}
        role="combobox"
        autoComplete="off"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && options[active] ? `${listId}-${active}` : undefined}
        onChange={({ target }) => type(target.value)}
        onFocus={() => setOpened(true)}
        onBlur={() => setOpened(false)}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div className={css['panel']}>
          <ul id={listId} role="listbox" aria-label={t('frame.search.label')}>
            {options.map((option, index) => (
              // The keyboard stays in the field, which moves through the options and chooses one.
              // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events
              <li
                key={option.label}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                className={css['option']}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => void choose(option)}
              >
                {option.label}
              </li>
            ))}
          </ul>
          <p className={css['hint']} role="status">
            {nothing ? t('frame.search.nothing') : options.length === 0 ? t('frame.search.hint') : ''}
          </p>
        </div>
      )}
    </div>
  );
}
