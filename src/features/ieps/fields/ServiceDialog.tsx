import { SimpleGrid } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import {
  checkService,
  DELIVERIES,
  PERIODS,
  RELATED_SERVICES,
  SERVICE_KINDS,
  type ServiceInput,
  SETTINGS,
} from "../../../../convex/domain/services/service";
import { useDraft } from "../../../lib/drafts";
import { FormDialog } from "../../../lib/FormDialog";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { DateField, NumberField, SelectField } from "../../../ui/fields";
import { TextField } from "../../../ui/TextField";
import type { Service } from "./ServicesPanel";

interface Values extends Omit<ServiceInput, "minutes" | "frequency" | "relatedService"> {
  minutes: number | null;
  times: number | null;
  per: ServiceInput["frequency"]["per"];
  relatedService: ServiceInput["relatedService"] | "";
}

const toInput = ({ times, per, minutes, relatedService, ...rest }: Values): ServiceInput => ({
  ...rest,
  minutes: minutes ?? NaN,
  frequency: { times: times ?? NaN, per },
  ...(rest.kind === "relatedService" && relatedService !== undefined && relatedService !== ""
    ? { relatedService }
    : {}),
});

function firstValues(
  service: Service | null,
  dates: { effectiveDate: string; expirationDate: string },
): Values {
  if (service === null)
    return {
      ...{ kind: "specialEducation", relatedService: "", type: "", provider: "", minutes: null },
      ...{ times: null, per: "week", delivery: "group", setting: "regularClass", location: "" },
      ...{ startDate: dates.effectiveDate, endDate: dates.expirationDate },
    };
  const { _id, version, frequency, relatedService = "", ...rest } = service;
  return { ...rest, ...frequency, relatedService };
}

/** A new service (`null`) or one that is there. */
export function ServiceDialog({
  iepId,
  service,
  dates,
  onClose,
}: {
  iepId: Id<"ieps">;
  service: Service | null;
  dates: { effectiveDate: string; expirationDate: string };
  onClose: () => void;
}) {
  const { t } = useTranslation("planFields");
  const add = useMutation(api.services.addService);
  const edit = useMutation(api.services.editService);
  const [clientMutationId] = useState(newClientMutationId);
  const [initial] = useState(() => firstValues(service, dates));
  const [values, setValues, draft] = useDraft<Values>(
    `plan.service.${iepId}.${service === null ? "new" : service._id}`,
    initial,
  );
  const set = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const options = <Word extends string>(words: readonly Word[], group: string) =>
    words.map((value) => ({ value, label: t(`${group}.${value}` as "kinds.specialEducation") }));
  /** Its name follows from the choice until somebody writes another. */
  const chooseRelated = (relatedService: Values["relatedService"]) => {
    const name = (of: Values["relatedService"]) =>
      of === "" || of === "other" || of === undefined ? "" : t(`related.${of}`);
    const follows = values.type === "" || values.type === name(values.relatedService);
    set({ relatedService, ...(follows ? { type: name(relatedService) } : {}) });
  };
  return (
    <FormDialog
      title={t(service === null ? "addService" : "editService")}
      submitLabel={t(service === null ? "addService" : "saveService")}
      done={t("serviceSaved")}
      check={() => checkService(toInput(values))}
      save={() =>
        service === null
          ? add({ iepId, service: toInput(values), clientMutationId })
          : edit({
              ...{ iepId, serviceId: service._id, expectedVersion: service.version },
              service: toInput(values),
            })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <SelectField
            name="kind"
            label={t("kind")}
            value={values.kind}
            onChange={(kind) => set({ kind: kind as Values["kind"] })}
            options={options(SERVICE_KINDS, "kinds")}
            required
          />
          {values.kind === "relatedService" ? (
            <SelectField
              name="relatedService"
              label={t("relatedService")}
              value={values.relatedService ?? ""}
              onChange={(value) => chooseRelated(value as Values["relatedService"])}
              options={options(RELATED_SERVICES, "related")}
              searchable
              required
              {...errorOf("relatedService")}
            />
          ) : (
            <span />
          )}
          <TextField
            name="type"
            label={t("serviceName")}
            value={values.type}
            onChange={(type) => set({ type })}
            required
            {...errorOf("type")}
          />
          <TextField
            name="provider"
            label={t("provider")}
            value={values.provider}
            onChange={(provider) => set({ provider })}
            required
            {...errorOf("provider")}
          />
          <NumberField
            name="minutes"
            label={t("minutes")}
            value={values.minutes}
            onChange={(minutes) => set({ minutes })}
            decimals={0}
            required
            {...errorOf("minutes")}
          />
          <SimpleGrid cols={2}>
            <NumberField
              name="frequency.times"
              label={t("timesLabel")}
              value={values.times}
              onChange={(times) => set({ times })}
              decimals={0}
              required
              {...errorOf("frequency.times")}
            />
            <SelectField
              name="frequency.per"
              label={t("per")}
              value={values.per}
              onChange={(per) => set({ per: per as Values["per"] })}
              options={options(PERIODS, "periods")}
              required
            />
          </SimpleGrid>
          <SelectField
            name="delivery"
            label={t("delivery")}
            value={values.delivery}
            onChange={(delivery) => set({ delivery: delivery as Values["delivery"] })}
            options={options(DELIVERIES, "deliveries")}
            required
          />
          <SelectField
            name="setting"
            label={t("setting")}
            value={values.setting}
            onChange={(setting) => set({ setting: setting as Values["setting"] })}
            options={options(SETTINGS, "settings")}
            required
          />
          <TextField
            name="location"
            label={t("location")}
            value={values.location}
            onChange={(location) => set({ location })}
            required
            {...errorOf("location")}
          />
          <span />
          <DateField
            name="startDate"
            label={t("startDate")}
            value={values.startDate}
            onChange={(startDate) => set({ startDate })}
            required
            {...errorOf("startDate")}
          />
          <DateField
            name="endDate"
            label={t("endDate")}
            value={values.endDate}
            onChange={(endDate) => set({ endDate })}
            required
            {...errorOf("endDate")}
          />
        </SimpleGrid>
      )}
    </FormDialog>
  );
}
