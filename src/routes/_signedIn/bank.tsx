import { createFileRoute } from "@tanstack/react-router";
import { lazy } from "react";
import { withItsWords } from "../../lib/i18n";
import { LaterPart } from "../../lib/LaterPart";

const BankPage = lazy(async () => ({
  default: (await withItsWords(import("../../features/bank/BankPage"))).BankPage,
}));

export const Route = createFileRoute("/_signedIn/bank")({
  component: () => (
    <LaterPart>
      <BankPage />
    </LaterPart>
  ),
});
