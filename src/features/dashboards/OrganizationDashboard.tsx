import { Anchor, Button, Group, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { type Filter, FILTERS } from "./filters";
import { Tiles } from "./Tiles";

type Found = FunctionReturnType<typeof api.dashboards.getOrganizationCounts>;

/** The district's goals, or the school's: sums that move with each point, by school and never by who teaches. */
export function OrganizationDashboard() {
  const { t } = useTranslation("dashboards");
  const [from, setFrom] = useState(0);
  const found = useQuery(api.dashboards.getOrganizationCounts, { from });
  if (found === undefined) return <Loading />;
  return (
    <Page title={t("title")} subtitle={t("organizationSubtitle")} width={1100}>
      <Stack gap="lg">
        <Tiles
          counts={found.counts}
          quietDays={found.quietDays}
          linkTo={(filter) => `/dashboard/goals?filter=${filter}`}
        />
        <Text size="sm" c="dimmed">
          {t("goals", { count: found.counts.goals })}. {t("unknownNote")}
        </Text>
        {found.schools.length === 0 ? null : (
          <Panel title={t("schools")}>
            <Schools schools={found.schools} />
            <Group gap="xs" mt="sm">
              {from === 0 ? null : (
                <Button variant="default" onClick={() => setFrom(0)}>
                  {t("newest")}
                </Button>
              )}
              {found.nextSchool === null ? null : (
                <Button variant="default" onClick={() => setFrom(found.nextSchool ?? 0)}>
                  {t("more")}
                </Button>
              )}
            </Group>
          </Panel>
        )}
      </Stack>
    </Page>
  );
}

function Schools({ schools }: { schools: Found["schools"] }) {
  const { t } = useTranslation("dashboards");
  return (
    <>
      <Table visibleFrom="md" aria-label={t("bySchool")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("school")}</Table.Th>
            {FILTERS.map((filter) => (
              <Table.Th key={filter} ta="right">
                {t(`tiles.${filter}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {schools.map(({ schoolId, name, counts }) => (
            <Table.Tr key={schoolId}>
              <Table.Th scope="row" fw={500} dir="auto">
                {name}
              </Table.Th>
              {FILTERS.map((filter) => (
                <Table.Td key={filter} ta="right">
                  <Count school={{ schoolId, name, counts }} filter={filter} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {/* Seven columns are wider than a tablet: there each school is a block. */}
      <Stack hiddenFrom="md" gap="lg" role="group" aria-label={t("bySchool")}>
        {schools.map((school) => (
          <div key={school.schoolId}>
            <Text fw={600} dir="auto">
              {school.name}
            </Text>
            <SimpleGrid component="dl" cols={{ base: 2, xs: 3 }} spacing="xs" m={0} mt={4}>
              {FILTERS.map((filter) => (
                <div key={filter}>
                  <Text component="dt" size="sm" c="dimmed">
                    {t(`tiles.${filter}`)}
                  </Text>
                  <Text component="dd" m={0} fw={600}>
                    <Count school={school} filter={filter} />
                  </Text>
                </div>
              ))}
            </SimpleGrid>
          </div>
        ))}
      </Stack>
    </>
  );
}

/** A number that leads to the goals that it counts. */
function Count({
  school: { schoolId, name, counts },
  filter,
}: {
  school: Found["schools"][number];
  filter: Filter;
}) {
  const { t } = useTranslation("dashboards");
  const { number } = useFormatting();
  if (counts[filter] === 0) return "0";
  return (
    <Anchor
      component={Link}
      to={`/dashboard/goals?filter=${filter}&school=${schoolId}`}
      aria-label={`${name}, ${t(`tiles.${filter}`)}: ${number(counts[filter])}`}
    >
      {number(counts[filter])}
    </Anchor>
  );
}
