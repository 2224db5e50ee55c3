import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { notifyFailed } from "../../ui/notify";

type Verification = FunctionReturnType<typeof api.audit.verifyAuditChain>;

/** Follows the whole chain, a piece at a time, and says what was found. */
export function VerifyLog() {
  const { t } = useTranslation("audit");
  const convex = useConvex();
  const errorText = useErrorText();
  const [found, setFound] = useState<Verification | null>(null);
  const [running, setRunning] = useState(false);
  const verify = async () => {
    setRunning(true);
    setFound(null);
    try {
      let last = await convex.query(api.audit.verifyAuditChain, {});
      setFound(last);
      while (!last.complete) {
        const after = { sequence: last.verified, hash: last.hash };
        last = await convex.query(api.audit.verifyAuditChain, { after });
        setFound(last);
      }
    } catch (error) {
      notifyFailed(errorText(error));
    }
    setRunning(false);
  };
  return (
    <Group align="flex-start">
      <Button
        variant="default"
        disabled={running}
        leftSection={<IconShieldCheck size={18} aria-hidden />}
        onClick={() => void verify()}
      >
        {t("verify.action")}
      </Button>
      <div aria-live="polite" style={{ flex: "1 1 20rem" }}>
        {running ? <Text>{t("verify.running", { count: found?.verified ?? 0 })}</Text> : null}
        {!running && found !== null ? <Result found={found} /> : null}
      </div>
    </Group>
  );
}

function Result({ found: { broken, verified, hash } }: { found: Verification }) {
  const { t } = useTranslation("audit");
  if (broken !== null)
    return (
      <Alert color="red" icon={<IconShieldX aria-hidden />}>
        {t(`verify.${broken.problem}`, { sequence: broken.sequence })}
      </Alert>
    );
  return (
    <Alert
      color="teal"
      icon={<IconShieldCheck aria-hidden />}
      title={t("verify.fine", { count: verified })}
    >
      {t("verify.fineText")} <Code style={{ overflowWrap: "anywhere" }}>{hash}</Code>
    </Alert>
  );
}
