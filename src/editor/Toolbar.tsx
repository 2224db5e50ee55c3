import { ActionIcon, Group, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconH3,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconMessagePlus,
  IconTable,
  IconUnderline,
} from "@tabler/icons-react";
import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkDialog } from "./LinkDialog";

interface Tool {
  name: "bold" | "italic" | "underline" | "heading" | "bulletList" | "orderedList" | "table";
  icon: typeof IconBold;
  run: (editor: Editor) => void;
}

const TOOLS: readonly Tool[] = [
  { name: "bold", icon: IconBold, run: (e) => e.chain().focus().toggleBold().run() },
  { name: "italic", icon: IconItalic, run: (e) => e.chain().focus().toggleItalic().run() },
  { name: "underline", icon: IconUnderline, run: (e) => e.chain().focus().toggleUnderline().run() },
  {
    name: "heading",
    icon: IconH3,
    run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  { name: "bulletList", icon: IconList, run: (e) => e.chain().focus().toggleBulletList().run() },
  {
    name: "orderedList",
    icon: IconListNumbers,
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
  {
    name: "table",
    icon: IconTable,
    run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
  },
];

/** One stop of the Tab key; the arrows go from tool to tool. */
export function Toolbar({
  editor,
  label,
  onComment,
}: {
  editor: Editor;
  label: string;
  /** Absent where nobody may comment. */
  onComment?: () => void;
}) {
  const { t } = useTranslation("writing");
  const bar = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [linking, setLinking] = useState(false);
  const active = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      on: [...TOOLS.map(({ name }) => e.isActive(name)), e.isActive("link")],
      undo: e.can().undo(),
      redo: e.can().redo(),
    }),
  });
  const buttons = [
    ...TOOLS.map((tool, index) => ({
      ...tool,
      pressed: tool.name === "table" ? undefined : (active.on[index] ?? false),
      disabled: tool.name === "table" && (active.on[index] ?? false),
      act: () => {
        tool.run(editor);
      },
    })),
    {
      ...{ name: "link" as const, icon: IconLink, pressed: active.on[TOOLS.length] ?? false },
      ...{ disabled: false, act: () => setLinking(true) },
    },
    ...(onComment === undefined
      ? []
      : [
          {
            ...{ name: "comment" as const, icon: IconMessagePlus, pressed: undefined },
            ...{ disabled: false, act: onComment },
          },
        ]),
    {
      ...{ name: "undo" as const, icon: IconArrowBackUp, pressed: undefined },
      ...{ disabled: !active.undo, act: () => editor.chain().focus().undo().run() },
    },
    {
      ...{ name: "redo" as const, icon: IconArrowForwardUp, pressed: undefined },
      ...{ disabled: !active.redo, act: () => editor.chain().focus().redo().run() },
    },
  ];
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (at + step + buttons.length) % buttons.length;
    setAt(next);
    bar.current?.querySelectorAll("button").item(next).focus();
  };
  return (
    <>
      <Group ref={bar} role="toolbar" aria-label={label} gap={0} p={6} onKeyDown={move}>
        {buttons.map(({ name, icon: Icon, pressed, disabled, act }, index) => (
          <Tooltip key={name} label={t(`tools.${name}`)} openDelay={400}>
            <ActionIcon
              variant={pressed === true ? "filled" : "subtle"}
              color={pressed === true ? "leaf.9" : "gray"}
              size={36}
              tabIndex={index === at ? 0 : -1}
              aria-label={t(`tools.${name}`)}
              aria-pressed={pressed}
              aria-disabled={disabled}
              data-disabled={disabled || undefined}
              onFocus={() => setAt(index)}
              // The selection stays in the text.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                if (!disabled) act();
              }}
            >
              <Icon size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
      {linking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </>
  );
}
