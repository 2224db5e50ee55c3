export const errors = {
  codes: {
    UNAUTHENTICATED:
      "Your session has ended. Sign in again: what you typed is kept on this device.",
    SECOND_FACTOR_REQUIRED:
      "Your organization asks for a second factor at sign-in. Set it up under “Your account”, then go on.",
    FORBIDDEN: "You may see this, but not change it.",
    NOT_FOUND: "This does not exist, or it is not open to you.",
    CONFLICT: "Somebody changed this meanwhile. Load the page again; what you typed is kept.",
    INVALID: "Something that was entered is not right. See below.",
    LIMIT:
      "Your organization's subscription does not allow more. Reading and exporting go on as before.",
    RATE_LIMITED: "Too many tries in a short time. Wait a moment, then try again.",
    UNKNOWN: "This did not work. Check the connection and try again; nothing was saved.",
  },
  limits: {
    users:
      "Your subscription is for {{limit}} members of the staff, invited ones included. End a membership or withdraw an invitation, or ask for more. Families are never counted; reading and exporting go on as before.",
    students: "Your subscription is for {{limit}} students. Reading and exporting go on as before.",
    points: "At most {{limit}} observations can be imported at once. Split the file.",
  },
  reasons: {
    othersSuggestions:
      "This text would decide about somebody’s suggestion, which only the case manager does.",
    noSuchPeriod: "There is no such reporting period any more. Load the page again.",
    noGoals: "There are no goals to report on.",
    notTheIssued: "Only the report that is in force can be corrected, one correction at a time.",
    reportIssued: "This report was issued meanwhile. What it says can only be corrected.",
    reportDiscarded: "This draft was discarded meanwhile. Take it up again to write in it.",
    reportBegunAnew: "Another report of this period was begun or issued meanwhile.",
    changedMeanwhile:
      "Somebody else saved this while you were editing. Load the page again to see it; what you typed is kept.",
    alreadyWritten: "The draft says something of its own there by now. Nothing was overwritten.",
    notTheSource: "Another plan is in force by now. Load the page again to begin with that one.",
    textUnsent:
      "What you typed in the text has not arrived yet. Try again when you are connected; your comment stays here.",
    passageGone: "These words were taken out of the text meanwhile. Select others.",
    sectionFull: "This section can hold no more.",
    notTalkedAbout: "Comments end when a plan is ready to be signed.",
    notADraft: "Only a draft can be edited. This plan has moved on.",
    notInForce: "Only a plan in force is amended.",
    amendmentOpen:
      "An amendment of this plan is being written already. Open it, or discard it first.",
    amendsNotInForce:
      "Another plan has come into force since this amendment was begun. Discard it and amend that one.",
    notTheFinal: "Only the final version is signed. Open the newest version of the plan.",
    notToSign: "The team took the plan back to work on it. You will hear when it can be signed.",
    stillADraft: "A draft is edited, not corrected.",
    noVersion: "No version of this plan is kept, so nothing can be corrected in one.",
    tooManyQuestions:
      "So much was written about this plan that the rest belongs in a conversation.",
    iepNotActive: "Data are taken for plans in force only.",
    requestStep:
      "This step cannot be taken from where the request is now. Load the page again to see it.",
    tooManyConsents:
      "Many permissions are in force already. Take one back first, or call the school.",
    tooManyStatements: "The record holds as many statements as it can show. Call the school.",
    tooManyRequests:
      "Many requests are waiting for an answer. Wait until some are answered, or call the school.",
    goalClosed: "This goal was closed. Nothing was logged; your entry is kept here.",
    iepIncomplete:
      "The plan misses something that the law requires. The list of the plan says what, and leads there; an administrator can decide to go without, with a reason.",
    fieldChangedMeanwhile: "Somebody else changed this meanwhile. Nothing was overwritten.",
    rowRemoved: "Somebody else removed this row meanwhile.",
    findingsChanged: "Something else is missing by now. Read the list again, then decide.",
    iepStatus: "The plan cannot make this step from where it is now.",
    iepWithoutGoals: "A plan without annual goals cannot be activated. Add a goal first.",
    enrollment: "This enrollment cannot be changed in this way.",
    isCaseManager: "The case manager is on the team already. Assign another case manager first.",
    caseManagerIsAssigned: "Assign the case manager with the button for it.",
    ownMembership: "Nobody changes their own membership. Ask another administrator.",
    membershipEnded: "This membership has ended. Invite the person again.",
    membershipNotActive: "Only an active membership gets another role.",
    samePerson: "Choose somebody else: this is the person who hands over.",
    otherWork:
      "Choose somebody who does the same kind of work: a provider for a provider, a paraprofessional for a paraprofessional.",
    notStaff: "Families and students have their role by their relation to a student.",
    documentRemoved: "This document was removed.",
    tooManyDocuments: "The record holds as many documents as it can show. Remove one first.",
    tooManyRecords: "These are too many records at once.",
    runWaits: "Another list waits or runs. Finish or cancel it first.",
    nothingDue: "No record is due.",
    runNotPlanned: "This list is not waiting any more.",
    runBegun: "The destruction has begun; it cannot be canceled.",
    studentHasAccount: "This student has an account that is in use. End that membership first.",
    rightsWithGuardians: "The guardians hold the rights.",
    dependent: "Staff recorded that the student is a dependent; ask the school.",
    guardianshipEnded: "This guardianship has ended. Invite the person again.",
    ownSecondFactorFirst:
      "Nothing was saved: you have no second factor yourself, so this would shut you out. Set yours up under “Your account”, then require it.",
    singleSignOnFirst:
      "Nothing was saved: sign in once with your organization's own sign-in, so that it is known to work, then refuse passwords.",
    lastAdmin:
      "The last administrator of the district cannot be removed. Invite another one first.",
    nothingAsked:
      "Somebody else has decided meanwhile, or the data ask nothing any more. The page shows how it stands.",
    newerData:
      "New data have come while you were writing. Look at the chart again, then decide; what you typed is kept.",
    sameObserver: "Whoever recorded the session cannot be its second observer.",
    alreadyObserved: "This session has a second observer's record already.",
    alreadyVoided: "This entry was taken out or corrected already.",
    alreadyUndone: "This import was undone already.",
    invitationAccepted: "This invitation was accepted already. End the membership instead.",
    invitation_accepted: "Somebody else has accepted this invitation already.",
    invitation_expired: "This invitation has expired. Ask for a new one.",
    invitation_revoked: "This invitation was withdrawn.",
  },
} as const;
