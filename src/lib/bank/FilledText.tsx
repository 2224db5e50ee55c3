import { Mark, Text } from "@mantine/core";
import type { BankItemInput } from "../../../convex/domain/bank/item";
import { fillTemplate } from "../../../convex/domain/bank/template";

/** A bank's text as it would be put in; what is still open is marked, in braces. */
export function FilledText({
  text,
  known,
  ...rest
}: {
  text: string;
  known: Readonly<Record<string, string | undefined>>;
  size?: string;
  c?: string;
}) {
  const filled = fillTemplate(text, known);
  const open = new Set(filled.open.map((name) => `{${name}}`));
  return (
    <Text size="sm" {...rest} dir="auto">
      {filled.text
        .split(/(\{[\p{L}\d_-]{1,40}\})/u)
        .map((part, index) => (open.has(part) ? <Mark key={index}>{part}</Mark> : part))}
    </Text>
  );
}

/** Names of what is open in these texts, in lower case, in the order of the text. */
export const openIn = (
  texts: readonly string[],
  known: Readonly<Record<string, string | undefined>>,
): string[] => [
  ...new Set(texts.flatMap((text) => fillTemplate(text, known).open).map((n) => n.toLowerCase())),
];

export const textsOf = ({ text, measure }: BankItemInput): string[] => [
  text,
  measure?.criterion ?? "",
];
