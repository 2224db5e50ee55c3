import { createFileRoute } from "@tanstack/react-router";
import { NewStudentPage } from "../../features/students/NewStudentPage";

export const Route = createFileRoute("/_signedIn/students/new")({ component: NewStudentPage });
