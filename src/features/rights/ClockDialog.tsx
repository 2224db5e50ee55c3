import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkClock } from "../../../convex/domain/rights/input";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { DateField, TextArea } from "../../ui/fields";
import { FormDialog } from "../../lib/FormDialog";
import type { RightsRequest } from "./rightsWords";

/** The days that the clock counts with. */
export function ClockDialog({
  studentId,
  request,
  onClose,
}: {
  studentId: Id<"students">;
  request: RightsRequest;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { today } = useFormatting();
  const change = useMutation(api.rights.changeClock);
  const [dates, setDates, draft] = useDraft(`rights.clock.${request._id}`, {
    ...{ receivedOn: request.receivedOn ?? "", meetingOn: request.meetingOn ?? "", text: "" },
  });
  const { receivedOn, meetingOn, text } = dates;
  const set = (field: keyof typeof dates) => (value: string) =>
    setDates((before) => ({ ...before, [field]: value }));
  return (
    <FormDialog
      title={t("clock.change")}
      help={t(`clock.laws.${request.kind}`)}
      submitLabel={t("clock.change")}
      done={t("form.saved")}
      check={() => [
        ...checkClock(dates, today()),
        ...checkText("text", text, { required: true, max: LIMITS.text }),
      ]}
      save={() =>
        change({
          ...{ studentId, requestId: request._id, ...dates },
          expectedVersion: request.version,
        })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <DateField
            name="receivedOn"
            label={t("form.receivedOn")}
            description={t("form.receivedOnHelp")}
            value={receivedOn}
            onChange={set("receivedOn")}
            max={today()}
            {...errorOf("receivedOn")}
          />
          {request.kind === "inspection" ? (
            <DateField
              name="meetingOn"
              label={t("form.meetingOn")}
              description={t("form.meetingOnHelp")}
              value={meetingOn}
              onChange={set("meetingOn")}
              {...errorOf("meetingOn")}
            />
          ) : null}
          <TextArea
            name="text"
            label={t("form.clockReason")}
            value={text}
            onChange={set("text")}
            required
            {...errorOf("text")}
          />
        </>
      )}
    </FormDialog>
  );
}
