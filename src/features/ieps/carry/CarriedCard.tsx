import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { errorProblems, useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { useProblemText } from "../../../lib/problems";
import { fieldId } from "../../../ui/fieldProps";
import { notifyFailed, notifyUndo } from "../../../ui/notify";
import { StatusBadge, type Tone } from "../../../ui/StatusBadge";
import { ItemText } from "./ItemText";
import { type CarriedItem, useItemWords } from "./itemWords";

type Abilities = FunctionReturnType<typeof api.carryForward.listCarried>["abilities"];
const TONES: Record<CarriedItem["state"], Tone> = {
  ...{ unseen: "watch", kept: "good", changed: "good", leftOut: "neutral" },
};
/** Higher than any but the longest: whoever decides has to read it. */
const TALL = 320;

export function CarriedCard({
  iepId,
  item,
  abilities,
}: {
  iepId: Id<"ieps">;
  item: CarriedItem;
  abilities: Abilities;
}) {
  const { t } = useTranslation("carry");
  const { date, instant } = useFormatting();
  const { title } = useItemWords();
  const id = useId();
  const { state, isChanged, reviewedByName, reviewedAt, goal } = item;
  return (
    <Paper withBorder p="md" component="article" aria-labelledby={id}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" align="flex-start">
          <div>
            <Title order={3} size="h5" id={id} dir="auto">
              {title(item)}
            </Title>
            <Text size="xs" c="dimmed">
              {t("from", { date: date(item.sourceDate) })}
            </Text>
          </div>
          <div>
            <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>
            {reviewedByName === null || reviewedAt === null || state === "unseen" ? null : (
              <Text size="xs" c="dimmed" ta="right">
                {`${reviewedByName}, ${instant(reviewedAt)}`}
              </Text>
            )}
          </div>
        </Group>
        <ItemText item={item} height={TALL} />
        {state === "unseen" && isChanged ? (
          <Text size="sm" fw={600}>
            {item.text === "" && item.answers.length === 0 ? t("empty") : t("editedMeanwhile")}
          </Text>
        ) : null}
        {state === "unseen" && goal?.baselinePoints === 0 && !isChanged ? (
          <Alert variant="outline" color="yellow">
            {t("noData")}
          </Alert>
        ) : null}
        <Actions {...{ iepId, item, abilities }} what={title(item)} />
      </Stack>
    </Paper>
  );
}

function Actions({
  iepId,
  item,
  abilities,
  what,
}: {
  iepId: Id<"ieps">;
  item: CarriedItem;
  abilities: Abilities;
  what: string;
}) {
  const { t } = useTranslation("carry");
  const { decide, takeAgain, busy } = useDecisions(iepId, item, what);
  const { state } = item;
  const named = (action: string) => ({ "aria-label": `${action}: ${what}` });
  if (state === "leftOut")
    return abilities["iep.carry"] ? (
      <Group>
        <Button variant="default" loading={busy} onClick={takeAgain} {...named(t("takeAgain"))}>
          {t("takeAgain")}
        </Button>
      </Group>
    ) : null;
  if (!abilities["carried.review"]) return null;
  const keep = t(item.isChanged ? "keepChanged" : "keep");
  return (
    <Group gap="xs">
      {state === "unseen" ? (
        <Button loading={busy} onClick={() => decide("keep")} {...named(keep)}>
          {keep}
        </Button>
      ) : null}
      <Button component={Link} to={wayTo(iepId, item)} variant="default" {...named(t("change"))}>
        {t("change")}
      </Button>
      <Button
        variant="default"
        loading={busy}
        onClick={() => decide("leaveOut")}
        {...named(t("leaveOut"))}
      >
        {t("leaveOut")}
      </Button>
    </Group>
  );
}

/** Where it is edited. */
function wayTo(iepId: Id<"ieps">, { kind, name, id, answers }: CarriedItem): string {
  const [, first = ""] = id.split("/");
  switch (kind) {
    case "section":
      return `/ieps/${iepId}/write?section=${name}`;
    case "goal":
      return `/goals/${first}/edit`;
    case "service":
    case "row":
      return `/ieps/${iepId}/edit#list-${name}`;
    case "answer":
      return `/ieps/${iepId}/edit#${fieldId(answers[0]?.field ?? name)}`;
  }
}

function useDecisions(iepId: Id<"ieps">, item: CarriedItem, what: string) {
  const { t } = useTranslation(["carry", "common"]);
  const errorText = useErrorText();
  const problemText = useProblemText();
  const review = useMutation(api.carryForward.review);
  const again = useMutation(api.carryForward.takeAgain);
  const [busy, setBusy] = useState(false);
  const { carriedId, fingerprint } = item;
  const failed = (error: unknown) => {
    const problems = errorProblems(error);
    notifyFailed(
      problems.length === 0
        ? errorText(error)
        : t("carry:goalProblem", { problems: problems.map(problemText).join(" ") }),
    );
  };
  const take = () => again({ iepId, carriedId });
  const run = (work: () => Promise<unknown>) => {
    setBusy(true);
    work()
      .catch(failed)
      .finally(() => setBusy(false));
  };
  return {
    busy,
    takeAgain: () => run(take),
    decide: (decision: "keep" | "leaveOut") =>
      run(async () => {
        await review({ iepId, carriedId, decision, seen: fingerprint });
        if (decision === "leaveOut")
          notifyUndo({
            message: t("carry:left", { what }),
            undoLabel: t("common:undo"),
            onUndo: () => void take().catch(failed),
          });
      }),
  };
}
