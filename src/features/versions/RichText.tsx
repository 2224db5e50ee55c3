import { createElement, type ReactNode } from "react";
import type { RichTextNode } from "../../../convex/domain/ieps/planContent";
import classes from "./versions.module.css";

/** Elements of the plan's documents. What is not listed shows what it holds. */
const ELEMENTS: Record<string, string> = {
  paragraph: "p",
  bulletList: "ul",
  orderedList: "ol",
  listItem: "li",
  blockquote: "blockquote",
  tableRow: "tr",
  tableCell: "td",
  tableHeader: "th",
};
const MARKS: Record<string, string> = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strike: "s",
  code: "code",
};

/** A section's document as it was fixed: to be read, without an editor. */
export function RichText({ document }: { document: RichTextNode }) {
  return (
    <div className={classes.document} dir="auto">
      {childrenOf(document)}
    </div>
  );
}

const childrenOf = (node: RichTextNode): ReactNode[] =>
  (node.content ?? []).map((child, index) => show(child, index));

function show(node: RichTextNode, key: number): ReactNode {
  if (node.text !== undefined)
    return (node.marks ?? []).reduce<ReactNode>((inner, mark) => {
      if (mark.type === "link") return linked(inner, mark.attrs?.["href"], key);
      const element = MARKS[mark.type];
      return element === undefined ? inner : createElement(element, { key }, inner);
    }, node.text);
  const children = childrenOf(node);
  switch (node.type) {
    case "hardBreak":
      return <br key={key} />;
    case "horizontalRule":
      return <hr key={key} />;
    case "heading":
      return <h4 key={key}>{children}</h4>;
    case "table":
      return (
        <table key={key}>
          <tbody>{children}</tbody>
        </table>
      );
    default:
      return createElement(ELEMENTS[node.type] ?? "div", { key }, ...children);
  }
}

function linked(inner: ReactNode, href: unknown, key: number): ReactNode {
  if (typeof href !== "string" || !/^(https?:|mailto:|tel:)/u.test(href)) return inner;
  return (
    <a key={key} href={href} rel="noreferrer noopener" target="_blank">
      {inner}
    </a>
  );
}
