import { Button, Group, SegmentedControl, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { IconBooks, IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  BANK_KINDS,
  type BankItemInput,
  type BankKind,
  type BankLanguage,
} from "../../../convex/domain/bank/item";
import { LanguageField } from "../../lib/bank/LanguageField";
import { BankItems, type SavedItem } from "../../lib/bank/BankItems";
import { type Bank, useBankWords } from "../../lib/bank/useBankWords";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { EmptyState } from "../../ui/EmptyState";
import { SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyFailed, notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { SearchField } from "../../ui/SearchField";

const BankItemDialog = lazy(() =>
  import("../../lib/bank/BankItemDialog").then((module) => ({ default: module.BankItemDialog })),
);

/** Texts that teams write with again: a person's own, and those of schools and district. */
export function BankPage() {
  const banks = useQuery(api.bank.listBanks);
  return banks === undefined ? <Loading /> : <Banks banks={banks} />;
}

const newItem = (kind: BankKind, language: BankLanguage, area: string): BankItemInput => ({
  ...{ kind, language, area, title: "", text: "" },
  ...(kind === "goal"
    ? { measure: { kind: "trials", direction: "increase", unit: "", criterion: "" } }
    : {}),
});

function Banks({ banks }: { banks: readonly Bank[] }) {
  const { t, i18n } = useTranslation("bank");
  const { areas, bankName } = useBankWords();
  const [place, setPlace] = useState<string>(banks[0]?.place ?? "");
  const [kind, setKind] = useState<BankKind>("goal");
  const [language, setLanguage] = useState<BankLanguage>(
    i18n.language.startsWith("es") ? "es" : "en",
  );
  const [area, setArea] = useState("");
  const [search, setSearch] = useState("");
  const [retired, setRetired] = useState(false);
  const [editing, setEditing] = useState<SavedItem | "new" | null>(null);
  const bank = banks.find((candidate) => candidate.place === place) ?? banks[0];
  if (bank === undefined) return null;
  const { canWrite } = bank;
  const filtered = search !== "" || area !== "" || retired;
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      width={860}
      actions={
        canWrite ? (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setEditing("new")}
          >
            {t("add")}
          </Button>
        ) : undefined
      }
    >
      <Panel>
        <Stack gap="md">
          <SegmentedControl
            aria-label={t("kind")}
            value={kind}
            data={BANK_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            onChange={(next) => {
              setKind(next);
              setArea("");
            }}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <SelectField
              name="bank-place"
              label={t("bank")}
              value={bank.place}
              options={banks.map((one) => ({ value: one.place, label: bankName(one) }))}
              searchable={banks.length > 8}
              onChange={setPlace}
            />
            <SelectField
              name="bank-area"
              label={t(`area.${kind}`)}
              value={area}
              options={areas(kind)}
              placeholder={t("allAreas")}
              clearable
              onChange={setArea}
            />
          </SimpleGrid>
          <SearchField label={t("search")} value={search} onSearch={setSearch} />
          <Group justify="space-between" align="flex-end">
            <LanguageField value={language} onChange={setLanguage} />
            {canWrite ? (
              <Switch
                label={t("showRetired")}
                checked={retired}
                onChange={(event) => setRetired(event.currentTarget.checked)}
              />
            ) : null}
          </Group>
        </Stack>
      </Panel>
      {canWrite ? null : <Text size="sm">{t("readOnly")}</Text>}
      <BankItems
        filter={{
          ...{ place: bank.place, kind, language, search, isActive: !(retired && canWrite) },
          ...(area === "" ? {} : { area }),
        }}
        title={bankName(bank)}
        known={{}}
        actions={(item) => (canWrite ? <ItemActions item={item} onEdit={setEditing} /> : null)}
        empty={
          filtered ? (
            <EmptyState icon={<IconBooks size={40} />} title={t("nothing")} />
          ) : (
            <EmptyState
              icon={<IconBooks size={40} />}
              title={t("empty")}
              text={t(canWrite ? "emptyText" : "emptyReadOnly")}
            />
          )
        }
      />
      <Suspense fallback={null}>
        {editing === null ? null : editing === "new" ? (
          <BankItemDialog
            draftKey={`bank.new.${kind}`}
            initial={newItem(kind, language, area)}
            place={bank.place}
            onClose={() => setEditing(null)}
          />
        ) : (
          <BankItemDialog
            draftKey={`bank.${editing._id}.${String(editing.version)}`}
            initial={inputOf(editing)}
            saved={editing}
            onClose={() => setEditing(null)}
          />
        )}
      </Suspense>
    </Page>
  );
}

const inputOf = ({ kind, language, area, title, text, measure }: SavedItem): BankItemInput => ({
  ...{ kind, language, area, title, text },
  ...(measure === undefined ? {} : { measure }),
});

function ItemActions({ item, onEdit }: { item: SavedItem; onEdit: (item: SavedItem) => void }) {
  const { t } = useTranslation(["bank", "common"]);
  const errorText = useErrorText();
  const retire = useMutation(api.bank.retireItem);
  const { _id: itemId, text, isActive } = item;
  const failed = (error: unknown) => notifyFailed(errorText(error));
  const move = (retired: boolean) =>
    retire({ itemId, retired }).then(
      () =>
        notifyUndo({
          message: t(retired ? "bank:retiredDone" : "bank:restoredDone"),
          undoLabel: t("common:undo"),
          onUndo: () => void retire({ itemId, retired: !retired }).catch(failed),
        }),
      failed,
    );
  return (
    <>
      {isActive ? (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t("bank:editOf", { text })}
          onClick={() => onEdit(item)}
        >
          {t("bank:edit")}
        </Button>
      ) : null}
      <Button
        size="compact-md"
        variant="default"
        aria-label={t(isActive ? "bank:retireOf" : "bank:restoreOf", { text })}
        onClick={() => void move(isActive)}
      >
        {t(isActive ? "bank:retire" : "bank:restore")}
      </Button>
    </>
  );
}
