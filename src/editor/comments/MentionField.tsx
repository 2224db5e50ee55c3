import { Textarea, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Comments.module.css";
import { askedFor, matching, type Mentionable } from "./mentions";

const SHOWN = 6;

/** Text in which "@" and the beginning of a name offer people: arrows and Enter choose, Escape closes the offer. */
export function MentionField({
  label,
  description,
  error,
  value,
  onChange,
  people,
  onSend,
  onCancel,
}: {
  label: string;
  description: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  people: readonly Mentionable[];
  onSend: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("comments");
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const asked = closed ? null : askedFor(value, caret);
  const offered = asked === null ? [] : matching(people, asked.query).slice(0, SHOWN);
  const current = offered[Math.min(at, offered.length - 1)];

  const choose = ({ name }: Mentionable) => {
    if (asked === null) return;
    const before = `${value.slice(0, asked.at)}@${name} `;
    onChange(before + value.slice(caret));
    setCaret(before.length);
    setClosed(true);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(before.length, before.length);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
      return;
    }
    if (current === undefined) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onCancel();
      return;
    }
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) setAt((at + move + offered.length) % offered.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(current);
    else if (event.key === "Escape") setClosed(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div>
      <Textarea
        ref={area}
        {...{ label, description, error, value }}
        inputWrapperOrder={["label", "input", "error", "description"]}
        autosize
        minRows={2}
        maxRows={10}
        data-autofocus
        dir="auto"
        aria-autocomplete="list"
        aria-controls={current === undefined ? undefined : `${id}-list`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.userId}`}
        onKeyDown={press}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onChange={(event) => {
          setClosed(false);
          setAt(0);
          setCaret(event.currentTarget.selectionStart);
          onChange(event.currentTarget.value);
        }}
      />
      <VisuallyHidden role="status">
        {current === undefined ? "" : t("found", { count: offered.length })}
      </VisuallyHidden>
      {current === undefined ? null : (
        <ul role="listbox" id={`${id}-list`} aria-label={t("suggest")} className={classes.offer}>
          {offered.map((person) => (
            <li
              key={person.userId}
              role="option"
              id={`${id}-${person.userId}`}
              aria-selected={person === current}
              // The caret stays in the text.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
            >
              {person.name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
