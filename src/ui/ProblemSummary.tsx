import { Alert, Anchor, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { fieldId } from "./fieldProps";

/** What has to be mended before saving, with a way to each field. Takes the focus when it appears. */
export function ProblemSummary({
  problems,
  message,
}: {
  problems: readonly { field: string; label: string; text: string }[];
  /** What went wrong as a whole. */
  message?: string;
}) {
  const { t } = useTranslation("common");
  const ref = useRef<HTMLDivElement>(null);
  const shown = problems.length > 0 || message !== undefined;
  useEffect(() => {
    if (shown) ref.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={message ?? t("problems.title", { count: problems.length })}
    >
      {problems.length === 0 ? null : (
        <List size="sm">
          {problems.map(({ field, label, text }) => (
            <List.Item key={`${field}:${text}`}>
              <Anchor
                href={`#${fieldId(field)}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(fieldId(field))?.focus();
                }}
              >
                {label}
              </Anchor>
              {": "}
              {text}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
