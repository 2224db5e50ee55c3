import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { FormDialog } from "../../../lib/FormDialog";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { CheckboxField, DateField, SelectField } from "../../../ui/fields";
import type { Section, Writing } from "./WritingPage";

const TEAM = "team";

/** Who writes a section until when. */
export function AssignDialog({
  section,
  team,
  onClose,
}: {
  section: Section;
  team: Writing["team"];
  onClose: () => void;
}) {
  const { t } = useTranslation("writing");
  const { person } = useFormatting();
  const assign = useMutation(api.sections.assignSection);
  const [owner, setOwner] = useState<string>(section.ownerId ?? TEAM);
  const [due, setDue] = useState(section.dueDate ?? "");
  const [open, setOpen] = useState(section.openToTeam);
  return (
    <FormDialog
      title={t("assignTitle", { section: t(`titles.${section.key}`) })}
      help={t("assignHelp")}
      submitLabel={t("save")}
      done={t("assigned")}
      check={() => []}
      save={() =>
        assign({
          ...{ id: section._id, openToTeam: open, dueDate: due === "" ? null : due },
          ownerId: owner === TEAM ? null : (owner as Id<"users">),
        })
      }
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <SelectField
            name="ownerId"
            label={t("assignOwner")}
            value={owner}
            onChange={setOwner}
            options={[
              { value: TEAM, label: t("wholeTeam") },
              ...team.map(({ userId, firstName, lastName }) => ({
                ...{ value: userId, label: person(firstName, lastName) },
              })),
            ]}
          />
          <DateField
            name="dueDate"
            label={t("assignDue")}
            value={due}
            onChange={setDue}
            {...errorOf("dueDate")}
          />
          {owner === TEAM ? null : (
            <CheckboxField
              name="openToTeam"
              label={t("assignOpen")}
              value={open}
              onChange={setOpen}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
