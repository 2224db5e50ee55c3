import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkStep, FEES, WAYS } from "../../../convex/domain/rights/input";
import { type Step, stepRule } from "../../../convex/domain/rights/requests";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { DateField, RadioField, TextArea } from "../../ui/fields";
import { type ErrorOf, FormDialog } from "../../lib/FormDialog";
import { type RightsRequest, useRightsWords } from "./rightsWords";

const FAMILY_STEPS = ["withdraw", "requestHearing", "askDestruction"] as const;
type FamilyStep = (typeof FAMILY_STEPS)[number];
const isFamilyStep = (step: Step): step is FamilyStep =>
  (FAMILY_STEPS as readonly Step[]).includes(step);

const TEXT: Record<Step, "reason" | "note" | "changed" | "place" | "words"> = {
  schedule: "place",
  provide: "note",
  agree: "note",
  refuse: "reason",
  requestHearing: "words",
  holdHearing: "note",
  decideForFamily: "reason",
  decideForAgency: "reason",
  askDestruction: "words",
  approve: "note",
  close: "changed",
  withdraw: "words",
};

/** One step of a request: by the agency, by the family, or by staff for a family that wrote on paper. */
export function StepDialog({
  studentId,
  request,
  step,
  paper,
  onClose,
}: {
  studentId: Id<"students">;
  request: RightsRequest;
  step: Step;
  /** Staff record a step of the family. */
  paper: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { today } = useFormatting();
  const words = useRightsWords();
  const takeFamilyStep = useMutation(api.rights.takeFamilyStep);
  const takeAgencyStep = useMutation(api.rights.takeAgencyStep);
  const [values, setValues, draft] = useDraft(`rights.step.${request._id}.${step}`, {
    ...{ on: firstDay(step, today()), way: "", fee: "", text: "" },
  });
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const way = WAYS.find((value) => value === values.way);
  const fee = FEES.find((value) => value === values.fee);
  const { on, text } = values;
  const base = { studentId, requestId: request._id, text, expectedVersion: request.version };
  const day = on === "" ? {} : { on };
  const save = () =>
    isFamilyStep(step)
      ? takeFamilyStep({ ...base, ...day, step })
      : takeAgencyStep({ ...base, ...day, step, way, fee });
  const { needs } = stepRule(step);
  const amended = step === "close" && request.kind === "amendment";
  return (
    <FormDialog
      title={paper ? t("steps.onPaper", { step: t(`steps.${step}`) }) : t(`steps.${step}`)}
      help={paper ? t("stepHelp.onPaper") : t(`stepHelp.${step}`, { kept: words.kept() })}
      submitLabel={t(`steps.${step}`)}
      done={t("form.saved")}
      check={() =>
        checkStep(
          { step, text, ...day, way, fee },
          { kind: request.kind, today: today(), countsFrom: request.countsFrom },
        )
      }
      save={save}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          {step === "schedule" || step === "provide" || step === "holdHearing" || paper ? (
            <DateField
              name="on"
              label={t(`form.on.${dayLabel(step)}`)}
              value={on}
              onChange={set("on")}
              required={!paper}
              {...(step === "schedule" ? { min: today() } : { max: today() })}
              {...errorOf("on")}
            />
          ) : null}
          {needs.includes("way") ? <WayFields {...{ values, set, errorOf }} /> : null}
          <TextArea
            name="text"
            label={t(`form.text.${step === "close" && !amended ? "note" : TEXT[step]}`)}
            value={text}
            onChange={set("text")}
            required={needs.includes("text") || amended}
            {...errorOf("text")}
          />
        </>
      )}
    </FormDialog>
  );
}

const firstDay = (step: Step, today: string): string =>
  step === "provide" || step === "holdHearing" ? today : "";

const dayLabel = (step: Step) =>
  step === "schedule" || step === "provide" || step === "holdHearing" ? step : "paper";

function WayFields({
  values,
  set,
  errorOf,
}: {
  values: { way: string; fee: string };
  set: (field: "way" | "fee") => (value: string) => void;
  errorOf: ErrorOf;
}) {
  const { t } = useTranslation("rights");
  return (
    <>
      <RadioField
        name="way"
        label={t("form.way")}
        value={values.way}
        options={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
        onChange={set("way")}
        required
        {...errorOf("way")}
      />
      <RadioField
        name="fee"
        label={t("form.fee")}
        value={values.fee}
        options={FEES.map((value) => ({ value, label: t(`fees.${value}`) }))}
        onChange={set("fee")}
        required
        {...errorOf("fee")}
      />
    </>
  );
}
