import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconChevronDown,
  IconListDetails,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCog,
  IconLanguage,
} from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useConvex } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { authClient } from "../../lib/authClient";
import { removeDrafts } from "../../lib/draftKeys";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { forgetDay } from "../../lib/offline/keptDayMarker";
import { useMutation } from "../../lib/mutation";
import { type CurrentUser, useCurrentUser } from "../../lib/session";
import { notifyFailed } from "../../ui/notify";
import classes from "./Header.module.css";

/** Where one acts, and one's own account: nobody waits for menus before the page is there, so they load after it. */
export default function HeaderMenus() {
  return (
    <>
      <MembershipMenu />
      <AccountMenu />
    </>
  );
}

const placeOf = ({ organizationName, schoolName }: CurrentUser["memberships"][number]): string =>
  schoolName ?? organizationName;

/** Acting in another membership is explicit, and changes everything on the screen. */
function MembershipMenu() {
  const { t } = useTranslation("common");
  const { memberships, acting } = useCurrentUser();
  const switchMembership = useMutation(api.users.switchMembership);
  const navigate = useNavigate();
  const errorText = useErrorText();
  const current = memberships.find(({ _id }) => _id === acting?.membershipId);
  if (current === undefined) return null;
  if (memberships.length === 1)
    return (
      <Text size="sm" c="dimmed" truncate visibleFrom="sm">
        {placeOf(current)}
      </Text>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <Text size="sm" truncate maw={{ base: 130, sm: 280 }}>
            {placeOf(current)}
          </Text>
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("membership.actAs")}</Menu.Label>
        {memberships.map((membership) => (
          <Menu.Item
            key={membership._id}
            leftSection={
              <IconCheck
                size={16}
                aria-hidden
                style={{ visibility: membership === current ? "visible" : "hidden" }}
              />
            }
            aria-current={membership === current}
            onClick={() => {
              switchMembership({ membershipId: membership._id }).then(
                () => navigate({ to: "/" }),
                (error: unknown) => notifyFailed(errorText(error)),
              );
            }}
          >
            {placeOf(membership)}
            <Text size="xs" c="dimmed">
              {t(`roles.${membership.role}`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu() {
  const { t } = useTranslation("common");
  const { _id, firstName, lastName, email, preferences } = useCurrentUser();
  const { person } = useFormatting();
  const change = useMutation(api.users.changePreferences);
  const { colorScheme } = useMantineColorScheme();
  const convex = useConvex();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const changed = (promise: Promise<unknown>) => {
    promise.catch((error: unknown) => notifyFailed(errorText(error)));
  };
  const dark = colorScheme === "dark";
  const signOut = async () => {
    await authClient.signOut();
    removeDrafts(_id);
    await forgetDay();
    // Loaded only now: nobody else needs it on every page.
    await import("../../editor/pendingSteps")
      .then(({ removePending }) => removePending(_id))
      // Signing out goes on where the device keeps nothing.
      .catch(() => undefined);
    convex.clearAuth();
    await navigate({ to: "/sign-in" });
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={t("account.menu")}>
          <Avatar
            name={person(firstName, lastName)}
            size={32}
            color="leaf.9"
            variant="filled"
            alt=""
          />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {person(firstName, lastName)}
          </Text>
          {email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLanguage size={16} aria-hidden />}
          lang={preferences.language === "en" ? "es" : "en"}
          onClick={() => changed(change({ language: preferences.language === "en" ? "es" : "en" }))}
        >
          {preferences.language === "en" ? "Español" : "English"}
        </Menu.Item>
        <Menu.Item
          leftSection={
            dark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />
          }
          onClick={() => changed(change({ theme: dark ? "light" : "dark" }))}
        >
          {t(dark ? "account.light" : "account.dark")}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to="/account"
          leftSection={<IconUserCog size={16} aria-hidden />}
        >
          {t("account.settings")}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to="/positions"
          leftSection={<IconListDetails size={16} aria-hidden />}
        >
          {t("account.positions")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => {
            signOut().catch((error: unknown) => notifyFailed(errorText(error)));
          }}
        >
          {t("account.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
