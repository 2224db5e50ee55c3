import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../ui/notify";
import { saveCsv, savePng, saveSvg } from "./exportChart";
import type { ChartEntry } from "./ProgressChart";

/** The drawing as an image, its data as a table. */
export function ChartExport({
  drawing,
  entries,
  fileName,
}: {
  drawing: RefObject<HTMLDivElement | null>;
  entries: readonly ChartEntry[];
  fileName: string;
}) {
  const { t } = useTranslation("judgement");
  const withSvg = (save: (svg: SVGSVGElement) => void | Promise<void>) => {
    const svg = drawing.current?.querySelector<SVGSVGElement>("svg");
    if (svg === null || svg === undefined) return;
    void Promise.resolve(save(svg)).catch(() => notifyFailed(t("chart.notSaved")));
  };
  const rows = () => [
    [t("chart.date"), t("chart.charted"), t("chart.raw"), t("chart.details")],
    ...entries.map(({ date, value, raw, details }) => [date, String(value), raw, details]),
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="sm" leftSection={<IconDownload size={16} aria-hidden />}>
          {t("chart.save")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => withSvg((svg) => savePng(svg, fileName))}>
          {t("chart.png")}
        </Menu.Item>
        <Menu.Item onClick={() => withSvg((svg) => saveSvg(svg, fileName))}>
          {t("chart.svg")}
        </Menu.Item>
        <Menu.Item onClick={() => saveCsv(rows(), fileName)}>{t("chart.csv")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
