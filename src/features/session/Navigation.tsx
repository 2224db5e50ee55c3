import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Navigation.module.css";
import { useNavigationItems } from "./navigationItems";

const MoreTab = lazy(() => import("./MoreTab"));

export function SideNavigation() {
  const { t } = useTranslation("common");
  return (
    <ul className={classes.side}>
      {useNavigationItems().map(({ to, key, icon: Icon }) => (
        <li key={key}>
          <Link to={to} className={classes.link} activeProps={{ "data-active": true }}>
            <Icon size={20} aria-hidden />
            {t(`navigation.${key}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Tabs that a thumb can tell from each other. */
const MOST = 5;

/** On a phone, within reach of the thumb. */
export function BottomNavigation() {
  const { t } = useTranslation("common");
  const items = useNavigationItems();
  if (items.length < 2) return null;
  return (
    <nav className={classes.bottom} aria-label={t("navigation.main")}>
      <ul>
        {(items.length > MOST ? items.slice(0, MOST - 1) : items).map(({ to, key, icon: Icon }) => (
          <li key={key}>
            <Link to={to} className={classes.tab} activeProps={{ "data-active": true }}>
              <Icon size={22} aria-hidden />
              {t(`navigation.${key}`)}
            </Link>
          </li>
        ))}
        {items.length > MOST ? (
          <li>
            <Suspense>
              <MoreTab items={items.slice(MOST - 1)} />
            </Suspense>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
