import { AppShell, Button, Center, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { useConvexAuth, useConvexConnectionState, useQuery } from "convex/react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { authClient } from "../../lib/authClient";
import { TimeZoneContext } from "../../lib/formatting";
import { changeLanguage } from "../../lib/i18n";
import { keptFor } from "../../lib/offline/keptDayMarker";
import { type CurrentUser, CurrentUserContext } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { ConnectionNotice } from "./ConnectionNotice";
import { Header } from "./Header";
import { BottomNavigation, SideNavigation } from "./Navigation";
import classes from "./SignedInLayout.module.css";

const IdleTimeout = lazy(() => import("./IdleTimeout"));

/**
 * Everything that needs a session: without one, sign-in comes first and leads back here; without a network, what the
 * device keeps of the day.
 */
export function SignedInLayout({ offline, notices }: { offline: ReactNode; notices: ReactNode }) {
  const { isLoading, isAuthenticated } = useConvexAuth();
  const router = useRouter();
  const user = useQuery(api.users.getCurrentUser, isAuthenticated ? {} : "skip");
  const unreachable = useUnreachable();
  const keepsDay = keptFor() !== null;
  // Whether somebody is signed in is asked over the network: without one the answer is none.
  const signedOut = !isLoading && !isAuthenticated && (!keepsDay || unreachable === false);
  useEffect(() => {
    // Not by rendering a redirect: each one would render this layout, and with it the redirect, again.
    if (signedOut && router.state.location.pathname !== "/sign-in")
      void router.navigate({
        to: "/sign-in",
        search: { to: router.state.location.href },
        replace: true,
      });
  }, [signedOut, router]);
  if (keepsDay && unreachable === true && user === undefined)
    return <Suspense fallback={<Loading shape="list" />}>{offline}</Suspense>;
  if (isLoading || signedOut || !isAuthenticated || user === undefined)
    return (
      <div className={classes.loading}>
        <Loading />
      </div>
    );
  if (user === null || user.acting === null) return <NoMembership />;
  return <SignedIn user={user} timezone={user.acting.timezone} notices={notices} />;
}

/** How long a first connection may take before it counts as none. */
const PATIENCE_MS = 6000;

/** Whether there is no network; null while nobody knows. */
function useUnreachable(): boolean | null {
  const { isWebSocketConnected } = useConvexConnectionState();
  const [onLine, setOnLine] = useState(navigator.onLine);
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const look = () => setOnLine(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
      clearTimeout(timer);
    };
  }, []);
  if (isWebSocketConnected) return false;
  return !onLine || waited ? true : null;
}

function SignedIn({
  user,
  timezone,
  notices,
}: {
  user: CurrentUser;
  timezone: string;
  notices: ReactNode;
}) {
  const { t } = useTranslation("common");
  useOwnPreferences(user);
  const { isShutOut, isElsewhere } = useSecondFactorFirst(user);
  const idleMinutes = user.acting?.idleMinutes;
  return (
    <CurrentUserContext.Provider value={user}>
      <TimeZoneContext.Provider value={timezone}>
        <a href="#main" className={classes.skip}>
          {t("skipToContent")}
        </a>
        <AppShell
          header={{ height: 56 }}
          navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: true } }}
          padding={{ base: "md", sm: "xl" }}
        >
          <AppShell.Header className={classes.header}>
            <Header />
          </AppShell.Header>
          <AppShell.Navbar className={classes.navbar} p="sm" aria-label={t("navigation.main")}>
            {isShutOut ? null : <SideNavigation />}
          </AppShell.Navbar>
          <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
            <ConnectionNotice />
            {user.abilities["progress.today"] ? <Suspense>{notices}</Suspense> : null}
            {/* Another membership is another world: nothing of the former one stays on the screen. */}
            {isShutOut && isElsewhere ? <Loading /> : <Outlet key={user.acting?.membershipId} />}
          </AppShell.Main>
          {isShutOut ? null : <BottomNavigation />}
        </AppShell>
        {idleMinutes === undefined ? null : (
          <Suspense>
            <IdleTimeout minutes={idleMinutes} />
          </Suspense>
        )}
      </TimeZoneContext.Provider>
    </CurrentUserContext.Provider>
  );
}

const ACCOUNT = "/account";

/**
 * Who has yet to set up the second factor that the organization asks for is led to where that is done: nothing else
 * would open.
 * @returns whether it is so, and whether they are not there yet
 */
function useSecondFactorFirst({ acting }: CurrentUser) {
  const router = useRouter();
  const isElsewhere = useRouterState({ select: ({ location }) => location.pathname !== ACCOUNT });
  const isShutOut = acting?.lacksSecondFactor === true;
  useEffect(() => {
    if (isShutOut && isElsewhere) void router.navigate({ to: ACCOUNT, replace: true });
  }, [isShutOut, isElsewhere, router]);
  return { isShutOut, isElsewhere };
}

/** Language and colours as the person chose them, on whichever device; once per person, so that a change here wins. */
function useOwnPreferences(user: CurrentUser): void {
  const { setColorScheme } = useMantineColorScheme();
  const { language, theme } = user.preferences;
  const applied = useRef("");
  useEffect(() => {
    const key = `${language} ${theme}`;
    if (applied.current === key) return;
    applied.current = key;
    void changeLanguage(language);
    setColorScheme(theme);
  }, [language, theme, setColorScheme]);
}

function NoMembership() {
  const { t } = useTranslation("session");
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack align="center" maw={440} ta="center">
        <Text component="h1" fw={650} size="xl">
          {t("noMembership.title")}
        </Text>
        <Text>{t("noMembership.text")}</Text>
        <Button variant="default" onClick={() => void authClient.signOut()}>
          {t("signOut")}
        </Button>
      </Stack>
    </Center>
  );
}
