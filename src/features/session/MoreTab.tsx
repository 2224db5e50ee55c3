import { Menu, UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./Navigation.module.css";
import type { useNavigationItems } from "./navigationItems";

/** Where there are more places than tabs. */
export default function MoreTab({ items }: { items: ReturnType<typeof useNavigationItems> }) {
  const { t } = useTranslation("common");
  return (
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
  );
}
