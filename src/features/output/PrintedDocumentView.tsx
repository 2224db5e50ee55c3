import { FigureView } from "../../lib/chart/FigureView";
import type { ReactNode } from "react";
import type { Block, Cell, PrintedDocument, Run } from "./document";
import classes from "./PrintedDocumentView.module.css";

/**
 * A printed document as a page: the same parts in the same order as in its PDF. On paper it breaks as that does, on a
 * phone its tables are read cell by cell.
 * @param isTitled the page around it says its title on the screen; on paper the document says it itself
 */
export function PrintedDocumentView({
  document,
  paper = "letter",
  isTitled = false,
}: {
  document: PrintedDocument;
  paper?: "letter" | "a4";
  isTitled?: boolean;
}) {
  const size = paper === "a4" ? "A4" : "letter";
  return (
    <>
      <style>{pageRule(document, size)}</style>
      <article
        className={classes.document}
        lang={document.language}
        data-titled={isTitled || undefined}
      >
        {document.watermark === undefined ? null : (
          <div className={classes.watermark} aria-hidden>
            {document.watermark}
          </div>
        )}
        <Blocks blocks={document.blocks} />
      </article>
    </>
  );
}

/** Heads and feet of pages, where the browser can: it numbers them. */
function pageRule({ header, footer, pageOf }: PrintedDocument, size: string): string {
  const text = (words: string) => JSON.stringify(words).replaceAll("<", "\\3c ");
  const [before = "", between = "", after = ""] = pageOf.split(/\{pages?\}/u);
  return `@page {
    size: ${size};
    margin: 20mm 16mm;
    @top-left { content: ${text(header)}; font: 8.5pt sans-serif; }
    @bottom-left { content: ${text(footer)}; font: 8.5pt sans-serif; }
    @bottom-right { content: ${text(before)} counter(page) ${text(between)} counter(pages) ${text(after)}; font: 8.5pt sans-serif; }
  }`;
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} />);
}

function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case "section":
      return (
        <section className={classes.section}>
          <h2 className={classes.h2}>{block.title}</h2>
          <Blocks blocks={block.blocks} />
        </section>
      );
    case "heading": {
      const Heading = `h${String(block.level)}` as "h1";
      return (
        <Heading className={classes[`h${String(block.level)}`]} dir="auto">
          {block.text}
        </Heading>
      );
    }
    case "text":
      return (
        <p className={classes[block.look ?? "plain"]} dir="auto">
          <Runs runs={block.runs} />
        </p>
      );
    case "list": {
      const items = block.items.map((item, index) => (
        <li key={index} dir="auto">
          <Blocks blocks={item} />
        </li>
      ));
      return block.ordered ? (
        <ol className={classes.list} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul className={classes.list}>{items}</ul>
      );
    }
    case "facts":
      return (
        <dl className={block.columns === 2 ? classes.factsWide : classes.facts}>
          {block.items.map(({ term, blocks }, index) => (
            <div key={index} className={classes.fact}>
              <dt>{term}</dt>
              <dd dir="auto">
                <Blocks blocks={blocks} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return <TableView table={block} />;
    case "figure":
      return (
        <div className={classes.figure}>
          <FigureView figure={block.figure} />
        </div>
      );
    case "together":
      return (
        <div className={classes.together}>
          <Blocks blocks={block.blocks} />
        </div>
      );
  }
}

function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map((run, index) => {
    let content: ReactNode = run.text
      .split("\n")
      .flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]));
    if (run.bold === true) content = <strong>{content}</strong>;
    if (run.italic === true) content = <em>{content}</em>;
    if (run.underline === true) content = <u>{content}</u>;
    if (run.strike === true) content = <s>{content}</s>;
    if (run.link !== undefined)
      content = (
        <a href={run.link} rel="noreferrer noopener" target="_blank">
          {content}
        </a>
      );
    return <span key={index}>{content}</span>;
  });
}

/** The roles are those that tables have anyway: on a phone its parts are no table to look at, and stay one to hear. */
function TableView({ table }: { table: Extract<Block, { kind: "table" }> }) {
  const head = table.rows.slice(0, table.headRows);
  const body = table.rows.slice(table.headRows);
  const labels = (head[0] ?? []).map((cell) => wordsOf(cell.blocks));
  const all = table.shares.reduce((sum, share) => sum + share, 0);
  const row = (cells: readonly Cell[], index: number) => (
    <tr key={index} role="row">
      {cells.map((cell, column) => (
        <CellView key={column} cell={cell} label={labels[column] ?? ""} />
      ))}
    </tr>
  );
  return (
    <table
      className={classes.table}
      role="table"
      aria-label={table.summary === "" ? undefined : table.summary}
      data-signing={table.rowLines === undefined ? undefined : true}
    >
      <colgroup>
        {table.shares.map((share, index) => (
          <col key={index} style={{ width: `${String((share / all) * 100)}%` }} />
        ))}
      </colgroup>
      {head.length === 0 ? null : <thead role="rowgroup">{head.map(row)}</thead>}
      <tbody role="rowgroup">{body.map(row)}</tbody>
    </table>
  );
}

function CellView({ cell, label }: { cell: Cell; label: string }) {
  const shared = { colSpan: cell.colSpan, rowSpan: cell.rowSpan, dir: "auto" } as const;
  const content = <Blocks blocks={cell.blocks} />;
  if (cell.head === undefined)
    return (
      <td
        {...shared}
        role="cell"
        data-label={label}
        data-empty={cell.blocks.length === 0 || undefined}
      >
        {content}
      </td>
    );
  const isRow = cell.head === "Row";
  return (
    <th {...shared} role={isRow ? "rowheader" : "columnheader"} scope={isRow ? "row" : "col"}>
      {content}
    </th>
  );
}

const wordsOf = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => (block.kind === "text" ? block.runs.map(({ text }) => text).join("") : ""))
    .join(" ");
