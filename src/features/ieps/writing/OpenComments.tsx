import { Anchor, Text, Tooltip } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";

export type OpenCount = FunctionReturnType<typeof api.sectionComments.countThreads>[number];

/** How many comments are open, and how many of them ask the person. */
function useCountText(): (counts: Pick<OpenCount, "open" | "mentioned">) => string {
  const { t } = useTranslation("comments");
  return ({ open, mentioned }) =>
    [
      t("open", { count: open }),
      ...(mentioned === 0 ? [] : [t("mentioned", { count: mentioned })]),
    ].join(", ");
}

/** What is talked about in a plan, on its page: leads to where the person is asked, or else to the first. */
export function OpenComments({ iepId }: { iepId: Id<"ieps"> }) {
  const countText = useCountText();
  const counts = useQuery(api.sectionComments.countThreads, { iepId }) ?? [];
  const first = counts.find(({ mentioned }) => mentioned > 0) ?? counts[0];
  if (first === undefined) return null;
  const sum = (of: "open" | "mentioned") => counts.reduce((total, row) => total + row[of], 0);
  return (
    <Anchor component={Link} to={`/ieps/${iepId}/write?section=${first.key}`} size="sm">
      {countText({ open: sum("open"), mentioned: sum("mentioned") })}
    </Anchor>
  );
}

/** The same of one section, in the list of sections. */
export function CommentCount({ count }: { count: OpenCount }) {
  const text = useCountText()(count);
  return (
    <Tooltip label={text}>
      <Text size="xs" fw={count.mentioned > 0 ? 700 : 400} role="img" aria-label={text}>
        <IconMessage size={14} aria-hidden style={{ verticalAlign: "-0.15em" }} /> {count.open}
      </Text>
    </Tooltip>
  );
}
