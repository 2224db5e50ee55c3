/** Who is signed in, as the server says. */
import type { FunctionReturnType } from "convex/server";
import { createContext, useContext } from "react";
import type { api } from "../../convex/_generated/api";

export type CurrentUser = NonNullable<FunctionReturnType<typeof api.users.getCurrentUser>>;
export type Ability = keyof CurrentUser["abilities"];

export const CurrentUserContext = createContext<CurrentUser | null>(null);

/** Within the signed-in part of the application. */
export function useCurrentUser(): CurrentUser {
  const user = useContext(CurrentUserContext);
  if (user === null) throw new Error("Only for signed-in people");
  return user;
}

export function useAbility(ability: Ability): boolean {
  return useCurrentUser().abilities[ability];
}

/** For keeping things apart on a shared device; "nobody" before sign-in. */
export function useUserId(): string {
  return useContext(CurrentUserContext)?._id ?? "nobody";
}
