import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { SelectField } from "../../ui/fields";
import type { GoalProgress } from "./GoalPage";

/** A choice like the others: a field without a value would look as if it waited for one. */
const NONE = "none";

/** Which other goal of the plan is drawn below this one. */
export default function OtherGoals({
  goal,
  chosen,
  onChoose,
}: {
  goal: GoalProgress["goal"];
  chosen: Id<"goals"> | null;
  onChoose: (goalId: Id<"goals"> | null) => void;
}) {
  const { t } = useTranslation(["judgement", "progress"]);
  const others = useQuery(api.decisions.listComparable, { goalId: goal._id });
  if (others === undefined || others.length === 0) return null;
  return (
    <div data-no-print>
      <SelectField
        name="compare"
        label={t("judgement:compare.label")}
        value={chosen ?? NONE}
        options={[
          { value: NONE, label: t("judgement:compare.none") },
          ...others.map(({ goalId, goalNumber, domain }) => ({
            value: goalId,
            label: t("judgement:compare.title", {
              number: goalNumber,
              domain: t(`progress:domains.${domain}`),
            }),
          })),
        ]}
        onChange={(value) => onChoose(value === NONE ? null : (value as Id<"goals">))}
      />
    </div>
  );
}
