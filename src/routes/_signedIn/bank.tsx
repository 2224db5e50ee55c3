import { createFileRoute } from "@tanstack/react-router";
import { BankPage } from "../../features/bank/BankPage";
import { needLaterWords } from "../../lib/i18n";

export const Route = createFileRoute("/_signedIn/bank")({
  loader: needLaterWords,
  component: BankPage,
});
