import { Button, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { BankItemInput, BankKind, BankLanguage } from "../../../convex/domain/bank/item";
import { starterItems } from "../../../convex/domain/bank/starterItems";
import { gradeWords } from "../../../convex/domain/bank/gradeWords";
import { fillTemplate } from "../../../convex/domain/bank/template";
import { searchKey } from "../../../convex/domain/validation/problem";
import { SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { SearchField } from "../../ui/SearchField";
import { BankItems, ItemList } from "./BankItems";
import { FillForm } from "./FillForm";
import { openIn, textsOf } from "./FilledText";
import { LanguageField } from "./LanguageField";
import { type Bank, useBankWords } from "./useBankWords";

/** What was chosen, as far as it could be filled in. */
export type ChosenText = Pick<BankItemInput, "area" | "text" | "measure">;

/** More schools than somebody works in are asked for one by one. */
const MOST_SCHOOLS = 5;
const STARTER = "starter";

/**
 * Choosing a text from the banks: one's own, those of the schools, the district's, and those to begin with. What is
 * known of the student is filled in; what is open is asked for.
 */
export function BankDialog({
  kind,
  studentId,
  area: firstArea = "",
  known: given = {},
  onUse,
  onClose,
}: {
  kind: BankKind;
  studentId: Id<"students">;
  /** Where it begins to look. */
  area?: string;
  /** Variables that the place knows, beside the student's. */
  known?: Readonly<Record<string, string>>;
  onUse: (chosen: ChosenText) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation(["bank", "common"]);
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const banks = useQuery(api.bank.listBanks);
  const [chosen, setChosen] = useState<BankItemInput | null>(null);
  const [filter, setFilter] = useState<Filter>({
    ...{ search: "", area: firstArea, place: "" },
    language: i18n.language.startsWith("es") ? "es" : "en",
  });
  const known = {
    ...given,
    student: student?.firstName ?? "",
    grade: gradeWords(student?.gradeLevel ?? "", filter.language),
  };
  const putIn = (item: BankItemInput, more: Readonly<Record<string, string>> = {}) => {
    const fill = (text: string) => fillTemplate(text, { ...more, ...filledOf(known) }).text;
    const { area, text, measure } = item;
    onUse({
      ...{ area, text: fill(text) },
      ...(measure === undefined
        ? {}
        : { measure: { ...measure, criterion: fill(measure.criterion) } }),
    });
    onClose();
  };
  const choose = (item: BankItemInput) => {
    if (openIn(textsOf(item), known).length === 0) putIn(item);
    else setChosen(item);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={chosen === null ? t(`bank:dialog.${kind}`) : t("bank:fill.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {student === undefined || banks === undefined ? (
        <Loading shape="list" />
      ) : chosen === null ? (
        <Choice {...{ kind, banks, filter, known }} onFilter={setFilter} onChoose={choose} />
      ) : (
        <FillForm
          item={chosen}
          known={known}
          onInsert={(more) => putIn(chosen, more)}
          onBack={() => setChosen(null)}
        />
      )}
    </Modal>
  );
}

interface Filter {
  search: string;
  area: string;
  /** "" : all of them. */
  place: string;
  language: BankLanguage;
}

/** What the place knows nothing of is no answer. */
const filledOf = (known: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(known).filter(([, value]) => value.trim() !== ""));

function Choice({
  kind,
  banks,
  filter,
  known,
  onFilter,
  onChoose,
}: {
  kind: BankKind;
  banks: readonly Bank[];
  filter: Filter;
  known: Readonly<Record<string, string>>;
  onFilter: (filter: Filter) => void;
  onChoose: (item: BankItemInput) => void;
}) {
  const { t } = useTranslation("bank");
  const { areas, bankName } = useBankWords();
  const set = (part: Partial<Filter>) => onFilter({ ...filter, ...part });
  const { search, area, place, language } = filter;
  const schools = banks.filter(({ scope }) => scope === "school").length;
  const shown = banks.filter((bank) =>
    place === "" ? bank.scope !== "school" || schools <= MOST_SCHOOLS : bank.place === place,
  );
  const names = [
    ...banks.map((bank) => ({ value: bank.place, label: bankName(bank) })),
    { value: STARTER, label: t("scopes.starter") },
  ];
  const useButton = (item: BankItemInput) => (
    <Button
      size="compact-md"
      variant="default"
      aria-label={t("useOf", { text: fillTemplate(item.text, known).text })}
      onClick={() => onChoose(item)}
    >
      {t("use")}
    </Button>
  );
  const nothing = (
    <Text size="sm" c="dimmed">
      {t("nothing")}
    </Text>
  );
  return (
    <Stack gap="md">
      <Text size="sm">{t("help")}</Text>
      <SearchField
        label={t("search")}
        value={search}
        onSearch={(next) => set({ search: next })}
        focused
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <SelectField
          name="bank-area"
          label={t(`area.${kind}`)}
          value={area}
          options={areas(kind)}
          placeholder={t("allAreas")}
          clearable
          onChange={(next) => set({ area: next })}
        />
        <SelectField
          name="bank-place"
          label={t("bank")}
          value={place}
          options={names}
          placeholder={t("allBanks")}
          clearable
          onChange={(next) => set({ place: next })}
        />
      </SimpleGrid>
      <LanguageField value={language} onChange={(next) => set({ language: next })} />
      {shown.map((bank) => (
        <BankItems
          key={bank.place}
          filter={{
            ...{ place: bank.place, kind, language, search, isActive: true },
            ...(area === "" ? {} : { area }),
          }}
          title={bankName(bank)}
          known={known}
          actions={useButton}
          heading={<Heading text={bankName(bank)} />}
          // Of one that was asked for it is said; otherwise those that have something are enough.
          empty={place === "" ? null : nothing}
        />
      ))}
      {place === "" || place === STARTER ? (
        <Stack gap="xs" component="section" aria-label={t("scopes.starter")}>
          <Heading text={t("scopes.starter")} />
          <Starter {...{ kind, filter, known, nothing }} actions={useButton} />
        </Stack>
      ) : null}
    </Stack>
  );
}

const Heading = ({ text }: { text: string }) => (
  <Text component="h3" fw={600} m={0} size="sm">
    {text}
  </Text>
);

function Starter({
  kind,
  filter: { search, area, language },
  known,
  nothing,
  actions,
}: {
  kind: BankKind;
  filter: Filter;
  known: Readonly<Record<string, string>>;
  nothing: ReactNode;
  actions: (item: BankItemInput) => ReactNode;
}) {
  const { t } = useTranslation("bank");
  const wanted = searchKey(search);
  const found = starterItems(kind, language).filter(
    (item) =>
      (area === "" || item.area === area) && searchKey(textsOf(item).join(" ")).includes(wanted),
  );
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {t("shown", { count: found.length })}
      </Text>
      {found.length === 0 ? (
        nothing
      ) : (
        <ItemList
          {...{ items: found, title: t("scopes.starter"), known, actions }}
          keyOf={({ text }) => text}
        />
      )}
    </>
  );
}
