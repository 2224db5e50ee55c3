/**
 * Phrases to begin with, by the section that they are for, written for Trellis. They are about nobody; what is in braces is
 * filled in when one is put into a plan.
 */
import type { SectionKey } from "../ieps/sections";

export const STARTER_PHRASES: readonly (readonly [area: SectionKey, en: string, es: string])[] = [
  [
    "strengths",
    "{student} works hardest when the topic is {topic}, and keeps at it for {minutes} minutes.",
    "{student} se esfuerza más cuando el tema es {tema}, y se mantiene en ello {minutos} minutos.",
  ],
  [
    "strengths",
    "Classmates choose {student} as a partner because of {quality}.",
    "Sus compañeros eligen a {student} como pareja de trabajo por {cualidad}.",
  ],
  [
    "strengths",
    "{student} learns new material best when it is {way}.",
    "{student} aprende mejor lo nuevo cuando es {manera}.",
  ],
  [
    "parentConcerns",
    "The parents’ greatest concern is {concern}. At home they see that {observation}.",
    "La mayor preocupación de los padres es {preocupación}. En casa ven que {observación}.",
  ],
  [
    "parentConcerns",
    "For the coming year, the family hopes that {student} will {hope}.",
    "Para el próximo año, la familia espera que {student} logre {esperanza}.",
  ],
  [
    "evaluations",
    "The evaluation of {date} by {evaluator} found {finding}. For instruction this means {meaning}.",
    "La evaluación del {date} por {evaluador} encontró {hallazgo}. Para la enseñanza esto significa {significado}.",
  ],
  [
    "evaluations",
    "On the state assessment of {date}, {student} scored {score} ({level}).",
    "En la evaluación estatal del {date}, {student} obtuvo {puntaje} ({level}).",
  ],
  [
    "presentLevelsAcademic",
    "In reading, {student} reads {number} words correctly per minute in a {grade} text; classmates read about {comparison}.",
    "En lectura, {student} lee {número} palabras correctas por minuto en un texto de nivel {grade}; sus compañeros leen unas {comparación}.",
  ],
  [
    "presentLevelsAcademic",
    "In mathematics, {student} solves {can} without help and {cannot} only with {support}.",
    "En matemáticas, {student} resuelve {puede} sin ayuda y {no_puede} solo con {apoyo}.",
  ],
  [
    "presentLevelsAcademic",
    "In writing, {student} produces {amount} in {minutes} minutes; the most frequent errors are {errors}.",
    "En escritura, {student} produce {cantidad} en {minutos} minutos; los errores más frecuentes son {errores}.",
  ],
  [
    "presentLevelsFunctional",
    "In class, {student} stays on task for {percent} % of the intervals observed ({source}).",
    "En clase, {student} se mantiene en la tarea en {porcentaje} % de los intervalos observados ({fuente}).",
  ],
  [
    "presentLevelsFunctional",
    "{student} takes care of {tasks} alone, and of {others} with {support}.",
    "{student} realiza {tareas} por su cuenta, y {otras} con {apoyo}.",
  ],
  [
    "presentLevelsFunctional",
    "With classmates, {student} {observation}, most often during {situation}.",
    "Con sus compañeros, {student} {observación}, sobre todo durante {situación}.",
  ],
  [
    "effectOfDisability",
    "Because of {need}, {student} cannot yet {skill} without specially designed instruction, which affects progress in {subjects}.",
    "Debido a {necesidad}, {student} aún no puede {habilidad} sin enseñanza especialmente diseñada, lo que afecta su avance en {materias}.",
  ],
  [
    "effectOfDisability",
    "{student} takes part in the general curriculum in {subjects}; what stands in the way is {barrier}.",
    "{student} participa en el plan de estudios general en {materias}; lo que lo dificulta es {barrera}.",
  ],
  [
    "specialFactors",
    "Behavior impedes learning when {situation}. The team considered positive supports and chose {supports}.",
    "La conducta dificulta el aprendizaje cuando {situación}. El equipo consideró apoyos positivos y eligió {apoyos}.",
  ],
  [
    "specialFactors",
    "The team considered assistive technology. {student} needs {device} for {task}, in {places}.",
    "El equipo consideró tecnología de apoyo. {student} necesita {dispositivo} para {tarea}, en {lugares}.",
  ],
  [
    "specialFactors",
    "{student} is learning English (level {level}). Language needs are met by {supports} and do not explain the difficulties in {area}.",
    "{student} está aprendiendo inglés (nivel {level}). Sus necesidades de idioma se atienden con {apoyos} y no explican las dificultades en {área}.",
  ],
  [
    "progressReporting",
    "Progress toward each goal is measured {frequency} and reported to the parents in writing with each report card.",
    "El progreso hacia cada meta se mide {frecuencia} y se informa por escrito a los padres con cada boletín.",
  ],
  [
    "personnelSupports",
    "{teacher} meets with {specialist} for {minutes} minutes each {period} to plan instruction and adapt materials.",
    "{docente} se reúne con {especialista} durante {minutos} minutos cada {período} para planear la enseñanza y adaptar materiales.",
  ],
  [
    "personnelSupports",
    "Before {date}, everyone who teaches {student} is trained in {topic} by {trainer}.",
    "Antes del {date}, {capacitador} capacita en {tema} a todas las personas que enseñan a {student}.",
  ],
  [
    "placementJustification",
    "The team considered the regular class with {supports}. In {subjects} this is not enough, because {reason}; there {student} learns in {setting}.",
    "El equipo consideró la clase regular con {apoyos}. En {materias} no basta, porque {razón}; allí {student} aprende en {lugar}.",
  ],
  [
    "placementJustification",
    "{student} is with classmates without disabilities for {activities}, and apart from them for {minutes} minutes a week, only for {services}.",
    "{student} está con compañeros sin discapacidades en {actividades}, y aparte {minutos} minutos por semana, solo para {servicios}.",
  ],
  [
    "assessmentParticipation",
    "{student} takes the same state assessments as classmates, with the accommodations that are used every day in class.",
    "{student} presenta las mismas evaluaciones estatales que sus compañeros, con las adaptaciones que usa cada día en clase.",
  ],
  [
    "assessmentParticipation",
    "The regular assessment of {subject} is not appropriate because {reason}; the alternate assessment is, because {evidence}.",
    "La evaluación regular de {materia} no es adecuada porque {razón}; la alterna sí, porque {evidencia}.",
  ],
  [
    "extendedSchoolYear",
    "After the break of {weeks} weeks, {student} needed {time} to regain {skill} ({data}). Extended school year services are necessary for goals {goals}.",
    "Tras el receso de {semanas} semanas, {student} necesitó {tiempo} para recuperar {habilidad} ({datos}). Los servicios de año escolar extendido son necesarios para las metas {metas}.",
  ],
  [
    "extendedSchoolYear",
    "Data before and after breaks ({data}) show that {student} regains skills within {time}. Extended school year services are not necessary this year.",
    "Los datos antes y después de los recesos ({datos}) muestran que {student} recupera lo aprendido en {tiempo}. No son necesarios servicios de año escolar extendido este año.",
  ],
  [
    "transitionNarrative",
    "After school, {student} wants to {goal}. The assessment of {date} shows strengths in {strengths} and a need for {needs}.",
    "Después de la escuela, {student} quiere {meta}. La evaluación del {date} muestra fortalezas en {fortalezas} y necesidad de {necesidades}.",
  ],
  [
    "transitionNarrative",
    "This year {student} will {activity}, arranged by {person}, as a step toward {goal}.",
    "Este año {student} hará {actividad}, con la coordinación de {persona}, como paso hacia {meta}.",
  ],
  [
    "ageOfMajority",
    "On {date}, {student} and the parents were told which rights transfer at the age of majority.",
    "El {date} se informó a {student} y a sus padres qué derechos se transfieren al llegar a la mayoría de edad.",
  ],
  [
    "additionalNotes",
    "The team will meet again by {date} to look at {question}.",
    "El equipo se reunirá de nuevo antes del {date} para revisar {pregunta}.",
  ],
];
