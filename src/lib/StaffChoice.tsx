import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../convex/_generated/api";
import { type Choice, SearchChoice } from "../ui/SearchChoice";
import { useFormatting } from "./formatting";

/** Choosing a colleague by name; every area with people in it uses the same. */
export function StaffChoice({
  name,
  label,
  chosen,
  onChoose,
  description,
  error,
  required,
}: {
  name: string;
  label: string;
  chosen: Choice | null;
  onChoose: (choice: Choice | null) => void;
  description?: string;
  error?: string;
  required?: boolean;
}) {
  const { t } = useTranslation("common");
  const { person } = useFormatting();
  const [search, setSearch] = useState("");
  const staff = useQuery(api.users.searchStaff, { text: search });
  return (
    <SearchChoice
      {...{ name, label, chosen, onChoose, description, error, required }}
      onSearch={setSearch}
      choices={staff?.map(({ userId, firstName, lastName, roles }) => ({
        value: userId,
        label: person(firstName, lastName),
        description: roles.map((role) => t(`roles.${role}`)).join(", "),
      }))}
    />
  );
}
