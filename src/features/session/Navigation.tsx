import { Menu, UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./Navigation.module.css";
import { useNavigationItems } from "./navigationItems";

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
        {items.length > MOST ? <MoreTab items={items.slice(MOST - 1)} /> : null}
      </ul>
    </nav>
  );
}

/** Where there are more places than tabs. */
function MoreTab({ items }: { items: ReturnType<typeof useNavigationItems> }) {
  const { t } = useTranslation("common");
  return (
    <li>
      <Menu position="top-end">
        <Menu.Target>
          <UnstyledButton className={classes.tab} w="100%">
            <IconDots size={22} aria-hidden />
            {t("navigation.more")}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map(({ to, key, icon: Icon }) => (
            <Menu.Item
              key={key}
              component={Link}
              to={to}
              leftSection={<Icon size={16} aria-hidden />}
            >
              {t(`navigation.${key}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
