import { Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "../../ui/Mark";
import classes from "./Header.module.css";

const HeaderMenus = lazy(() => import("./HeaderMenus"));

export function Header() {
  const { t } = useTranslation("common");
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Link to="/" className={classes.home} aria-label={t("home")}>
        <Mark size={30} />
        <span>Trellis</span>
      </Link>
      <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
        <Suspense>
          <HeaderMenus />
        </Suspense>
      </Group>
    </Group>
  );
}
