import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { type BankGoal, STARTER_GOALS } from "../../../convex/domain/bank/starterGoals";
import { fillTemplate } from "../../../convex/domain/bank/template";
import { GOAL_DOMAINS } from "../../../convex/domain/goals/goal";
import { searchKey } from "../../../convex/domain/validation/problem";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { RadioField, SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { SearchField } from "../../ui/SearchField";
import { IconListSearch } from "@tabler/icons-react";
import type { GoalValues } from "./goalValues";

/** Goals to begin with; what is chosen is filled in with what is known of this student. */
export function BankDialog({
  studentId,
  values,
  onUse,
  onClose,
}: {
  studentId: Id<"students">;
  values: GoalValues;
  onUse: (part: Partial<GoalValues>) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation(["goalCraft", "goals", "common"]);
  const { date } = useFormatting();
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const [search, setSearch] = useState("");
  const [domain, setDomain] = useState<string>(values.domain);
  const [language, setLanguage] = useState<"en" | "es">(
    i18n.language.startsWith("es") ? "es" : "en",
  );
  const wanted = searchKey(search);
  const found = STARTER_GOALS.filter(
    (goal) =>
      (domain === "" || goal.domain === domain) &&
      searchKey(`${goal[language].text} ${goal[language].criterion}`).includes(wanted),
  );
  const use = (goal: BankGoal) => {
    const known = {
      student: student?.firstName ?? "",
      grade: student?.gradeLevel ?? "",
      level: values.target === null ? "" : String(values.target),
      date: date(values.timeframe),
    };
    const { text, criterion } = goal[language];
    onUse({
      ...{ domain: goal.domain, kind: goal.kind, direction: goal.direction },
      ...(goal.unit === "" ? {} : { unit: goal.unit }),
      description: fillTemplate(text, known).text,
      accuracy: fillTemplate(criterion, known).text,
    });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("goalCraft:bank.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {student === undefined ? (
        <Loading shape="list" />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t("goalCraft:bank.help")}</Text>
          <SearchField label={t("goalCraft:bank.search")} value={search} onSearch={setSearch} />
          <Group gap="lg" align="flex-end">
            <SelectField
              name="bank-domain"
              label={t("goals:fields.domain")}
              value={domain}
              options={GOAL_DOMAINS.map((value) => ({ value, label: t(`goals:domains.${value}`) }))}
              clearable
              onChange={setDomain}
            />
            <RadioField
              name="bank-language"
              label={t("goalCraft:bank.language")}
              value={language}
              options={[
                { value: "en", label: "English" },
                { value: "es", label: "Español" },
              ]}
              onChange={(next) => setLanguage(next === "es" ? "es" : "en")}
            />
          </Group>
          {found.length === 0 ? (
            <EmptyState icon={<IconListSearch size={32} />} title={t("common:nothingFound")} />
          ) : (
            <List listStyleType="none" spacing="sm" p={0}>
              {found.map((goal) => (
                <List.Item key={goal.en.text}>
                  <Stack gap={2} lang={language} align="flex-start">
                    <Text size="sm">{goal[language].text}</Text>
                    <Text size="xs" c="dimmed">
                      {goal[language].criterion}
                    </Text>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`${t("goalCraft:bank.use")}: ${goal[language].text}`}
                      onClick={() => use(goal)}
                    >
                      {t("goalCraft:bank.use")}
                    </Button>
                  </Stack>
                </List.Item>
              ))}
            </List>
          )}
        </Stack>
      )}
    </Modal>
  );
}
