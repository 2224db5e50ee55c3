/**
 * The grammar of `convex/editor/schema` as Tiptap extensions, with what makes it pleasant to type: shortcuts, lists that
 * go on, undo of one's own changes. `extensions.test.ts` compares the two.
 */
import { type Extensions, Mark, Node } from "@tiptap/core";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Heading as TiptapHeading } from "@tiptap/extension-heading";
import { StarterKit } from "@tiptap/starter-kit";
import { isSafeLink } from "../../convex/editor/links";
import { BLOCK_MARKS } from "../../convex/editor/schema";

const marks = BLOCK_MARKS;
const Document = Node.create({ name: "doc", topNode: true, content: "block+", marks });

const withoutAlign = (attributes: Record<string, unknown> | undefined) => {
  const { align: _align, ...rest } = attributes ?? {};
  return rest;
};
const tables = [
  Table.extend({ marks }).configure({ resizable: false }),
  TableRow.extend({ marks }),
  TableCell.extend({
    marks,
    addAttributes() {
      return withoutAlign(this.parent?.());
    },
  }),
  TableHeader.extend({
    marks,
    addAttributes() {
      return withoutAlign(this.parent?.());
    },
  }),
];

const lists = [
  BulletList.extend({ marks }),
  OrderedList.extend({
    marks,
    addAttributes() {
      return { start: { default: 1 } };
    },
  }),
  ListItem.extend({ marks }),
];

const Heading = TiptapHeading.extend({
  addAttributes() {
    return { level: { default: 3, rendered: false } };
  },
}).configure({ levels: [3, 4] });

const SafeLink = Link.extend({
  inclusive: false,
  addAttributes() {
    return { href: { isRequired: true } };
  },
}).configure({
  openOnClick: false,
  autolink: false,
  linkOnPaste: false,
  isAllowedUri: (href) => typeof href === "string" && isSafeLink(href),
  HTMLAttributes: { target: "_blank", rel: "noopener noreferrer nofollow" },
});

/** What is proposed, drawn as what is put in and what is taken out. */
const suggestion = (name: "insertion" | "deletion", tag: "ins" | "del") =>
  Mark.create({
    name,
    inclusive: false,
    excludes: BLOCK_MARKS,
    addAttributes() {
      return { id: { isRequired: true } };
    },
    renderHTML: () => [tag, 0],
  });

const Modification = Mark.create({
  name: "modification",
  inclusive: false,
  excludes: "deletion insertion",
  addAttributes() {
    return {
      id: { isRequired: true },
      type: { isRequired: true },
      attrName: { default: null },
      previousValue: { default: null },
      newValue: { default: null },
    };
  },
  renderHTML: () => ["span", { "data-modification": "" }, 0],
});

const Comment = Mark.create({
  name: "comment",
  inclusive: false,
  excludes: "",
  addAttributes() {
    return {
      id: {
        isRequired: true,
        parseHTML: (element) => element.getAttribute("data-comment"),
        renderHTML: ({ id }) => ({ "data-comment": id as string }),
      },
    };
  },
  // What is moved within the text takes its comment along.
  parseHTML: () => [{ tag: "span[data-comment]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

export function sectionExtensions(): Extensions {
  return [
    Document,
    SafeLink,
    StarterKit.configure({
      ...{ document: false, blockquote: false, code: false, codeBlock: false, strike: false },
      ...{ horizontalRule: false, bulletList: false, orderedList: false, listItem: false },
      ...{ link: false, trailingNode: false, dropcursor: false, gapcursor: false, heading: false },
    }),
    Heading,
    ...lists,
    ...tables,
    suggestion("insertion", "ins"),
    suggestion("deletion", "del"),
    Modification,
    Comment,
  ];
}
