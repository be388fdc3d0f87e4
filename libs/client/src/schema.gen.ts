// Generated from openapi.json by tools/openapi.mjs.
export interface paths {
    "/.well-known/gpc.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That Global Privacy Control is honoured (W3C GPC) */
        get: operations["getGpcSupport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys that access tokens and receipts are signed with (RFC 7517) */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload one file, to be cited within a day by what it belongs to
         * @description A PDF, a picture (PNG, JPEG, WebP, HEIC) or plain text in UTF-8 of 10 MiB at most; what it is, its content tells. It is kept sealed, and deleted unless something cites it within a day.
         */
        post: operations["uploadAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * May this be done, for this subject, now, and under which clause?
         * @description Never answered from before a withdrawal that was acknowledged when the question arrived. Send `Sec-GPC: 1` on where the request that led here carried it.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/decisions/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for as many as a thousand questions
         * @description A question with a code that is not registered is refused with `question.unknownService`, `question.unknownPurpose`, `question.unknownCategory`, `question.unknownRegion` or `recipient.unknown`; the others are answered.
         */
        post: operations["decideBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The time every rule sees */
        get: operations["readDevelopmentClock"];
        put?: never;
        /** Set or advance the time every rule sees; what is due runs before the time moves, what falls due before the answer */
        post: operations["setDevelopmentClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest 100 messages of the development mailbox */
        get: operations["listDevelopmentMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/messages/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Messages sent to one address, newest first */
        post: operations["queryDevelopmentMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a subject of a device that uses the service without signing in */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guardianships/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm, with the code that was sent to me, that I am the guardian; below the age of guardian consent this is the consent, once what it awaits has come */
        post: operations["confirmGuardianship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holder-answers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The answer of a holder outside to a question that it had taken with 202
         * @description Signed with the secret of the holder, see docs/holder-protocol.yaml. A second answer changes nothing.
         */
        post: operations["takeHolderAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/location/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store positions, as far as the switch, a clause and the subject allow each
         * @description A service sends of anybody, a subject or a device of itself. The answer comes after the commit: what is accepted is stored, once, and what is refused is answered by index and code and not kept.
         *
         *     From the acknowledged switch-off on nothing is stored, whenever it was taken; and nothing ever that was taken while positioning was off. What no purpose may have exactly is kept as the cell of an H3 grid.
         *
         *     Codes: those of the gate (`location.off`, `consent.separateMissing`, …), `event.malformed`, `event.notYourSubject`, `event.tooOld`, `event.inFuture`, `event.unknownService`, and `fix.impossible` for what no device can have measured.
         */
        post: operations["sendFixes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/location/last/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where a subject was last, for a stated purpose, as exactly as the gate allows now */
        post: operations["locateLast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/location/trails/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where a subject was, for a stated purpose, as exactly as the gate allows now
         * @description Each category is decided about as a use for the purpose; what may not be used is answered with its code and not shown. Send `Sec-GPC: 1` on where the request that led here carried it.
         */
        post: operations["queryTrail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mandates/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a code sent to the address that an enterprise noted for me; it is confirmed as every code is */
        post: operations["sendMandateCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My account: identifiers, profile, linked devices */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Correct or clear what I gave; a birth date is corrected by a request */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/v1/me/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what I accepted, newest first, and what in force is still open */
        get: operations["listMyAcceptances"];
        put?: never;
        /** Accept a revision in force */
        post: operations["acceptRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/after-death": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I arranged for the time after my death */
        get: operations["getAfterDeath"];
        /**
         * Say what near relatives may not ask about my data after my death
         * @description In place of what I said before. Whoever answers their requests is held to it.
         */
        put: operations["arrangeAfterDeath"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/birth-date": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * State my birth date, where my account says none; once
         * @description A guardian whose account says that they are an adult is one whose consent counts. It is corrected by a request.
         */
        put: operations["stateMyBirthDate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consent-prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a question for a purpose is shown to me; refused while I am not to be asked */
        post: operations["showConsentPrompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every purpose that is mine to decide, where I stand with it, and whether I may be asked */
        get: operations["listMyConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Grant or withdraw my consent
         * @description Saying again what stands records nothing and answers the event that stands (`duplicate`). `occurredAt` dates what could not be sent at once.
         */
        put: operations["setMyConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/contact-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name another contact person of my enterprise
         * @description They are told where they can be reached. The one before, and all members, act no more from now on.
         */
        put: operations["nameMyContactPerson"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a device is mine; consents do not move with it, and whose it was before is told */
        post: operations["linkDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Say that a device is mine no more; consents do not move with it */
        delete: operations["unlinkDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The enterprises that I act for, and what I may do */
        get: operations["listMyEnterprises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Act for an enterprise no more; where I was its contact person, neither do its members */
        delete: operations["leaveEnterprise"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an enterprise that I act for stands with every purpose */
        get: operations["listEnterpriseConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of an enterprise whose contact person I am */
        get: operations["listMembers"];
        put?: never;
        /** Let somebody do some things for the enterprise until a day; they are told and confirm it by a code */
        post: operations["nameMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/members/{mandateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let a member act no more, from now on */
        delete: operations["endMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notices of an enterprise that I act for, newest first */
        get: operations["listEnterpriseNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests about the data of an enterprise that I act for, newest first; as a member, of the kinds I may ask */
        get: operations["listEnterpriseRequests"];
        put?: never;
        /**
         * Ask about the data of an enterprise that I act for
         * @description Where a code is needed it goes to an address that I have confirmed. To delete data or close the account I send my password as well, or evidence that a colleague looks at.
         */
        post: operations["makeEnterpriseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A request about the data of an enterprise that I act for, and who did what */
        get: operations["getEnterpriseRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a request for an enterprise decided anew, by somebody else */
        post: operations["appealEnterpriseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request for an enterprise back */
        post: operations["cancelEnterpriseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have another code sent to me to prove a request for an enterprise, or one to fetch its package or end its waiting time */
        post: operations["sendEnterpriseRequestCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about a request for an enterprise; where it was asked, the time to answer goes on */
        post: operations["replyToEnterpriseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch what was asked to be seen of an enterprise that I act for
         * @description Takes a sign-in, or a code for this request, of the last fifteen minutes.
         */
        get: operations["fetchEnterprisePackage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove a request for an enterprise by the code that was sent to me for it */
        post: operations["proveEnterpriseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/enterprises/{enterpriseId}/requests/{id}/waiver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the waiting time before something of an enterprise goes for good
         * @description Takes a sign-in, or a code for this request, of the last fifteen minutes.
         */
        post: operations["waiveEnterpriseWaiting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what I think of a service; somebody answers */
        post: operations["giveMyFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/guardianship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My guardians, masked; newest first */
        get: operations["listMyGuardianships"];
        put?: never;
        /** Name my guardian; they are sent a code */
        post: operations["requestGuardianship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is held about me, on which clauses, and until when
         * @description Records are counted, never shown. With the clause and the purposes that they rest on, and how long they stay. Of linked devices only what was collected while they were the subject’s.
         */
        get: operations["listMyHoldings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/holdings/{category}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why each record of one kind is held about me, and until when
         * @description Holder after holder, the newest of each first; what linked devices collected is not among them. Records are not shown: ask for access to see what they say.
         */
        get: operations["listMyHoldingRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holds on my data, newest first
         * @description Those that the law forbids to tell of are not among them.
         */
        get: operations["listMyHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identifiers/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change my phone number or e-mail address; it takes effect when its code is confirmed */
        put: operations["changeMyIdentifier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My notices, newest first */
        get: operations["listMyNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a notice as read; again changes nothing */
        post: operations["readNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/objections/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take back an objection of mine that was upheld
         * @description What rests on a consent stays closed until I give it again.
         */
        delete: operations["takeBackMyObjection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change my password; my other sessions end */
        put: operations["changeMyPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/positioning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether positioning is on */
        get: operations["getMyPositioning"];
        /** Switch positioning on or off; from the answer to an off on, no location is stored */
        put: operations["setMyPositioning"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My choices that are no consents */
        get: operations["getMyPreferences"];
        /** Set or clear Global Privacy Control; what I say here stands above what my browser sends */
        put: operations["setMyPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/publishing-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an upload of mine may reveal to others
         * @description By the registry of categories and the policy in force. Nothing is stored.
         */
        post: operations["checkMyPublishing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/receipts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a consent of mine (ISO/IEC TS 27560): JSON with its signature, or the signature alone as application/jose */
        get: operations["getMyReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My requests, newest first */
        get: operations["listMyRequests"];
        put?: never;
        /**
         * Ask about my data: to see, take along, correct, delete or restrict it, or for anything else
         * @description Where somebody else with my session could do harm, a code goes to a confirmed address of mine first.
         */
        post: operations["makeMyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of my requests: how it stands, why its deadline is what it is, what was decided */
        get: operations["getMyRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have my request decided anew, by somebody else */
        post: operations["appealMyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take my request back */
        post: operations["cancelMyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have another code sent to prove my request, or one to fetch its package or end its waiting time */
        post: operations["sendMyRequestCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about my request; where I was asked, the time to answer goes on */
        post: operations["replyToMyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch what I asked to see: a page to read, and JSON and CSV for machines
         * @description A zip. Takes a sign-in, or a code for this request, of the last fifteen minutes. Each time is counted; after fourteen days it is destroyed.
         */
        get: operations["fetchMyPackage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove a request by the code that was sent for it */
        post: operations["proveMyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/requests/{id}/waiver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the waiting time before something goes for good
         * @description Takes a sign-in, or a code for this request, of the last fifteen minutes.
         */
        post: operations["waiveMyWaiting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My sessions, newest first */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        /** End all my sessions but this one, with my password or after a sign-in just now */
        delete: operations["endMyOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my sessions, with my password or after a sign-in just now
         * @description Signing out needs neither.
         */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The children I have confirmed to be the guardian of; newest first */
        get: operations["listMyWards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Be the guardian of a child no more; my consent ends with it */
        delete: operations["leaveWard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give or withdraw my consent, as guardian, to the use of the service by a child */
        put: operations["setWardConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every purpose that I decide for a child I am the guardian of */
        get: operations["listWardConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Grant or withdraw consent for a child I am the guardian of */
        put: operations["setWardPurposeConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/guardianships/{guardianshipId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say yes or no to a further guardian whom a child of mine named; nobody becomes one without */
        put: operations["answerWardGuardian"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holds on the data of a child I am the guardian of, newest first
         * @description Those that the law forbids to tell of are not among them.
         */
        get: operations["listWardHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I asked about a child I am the guardian of, newest first */
        get: operations["listWardRequests"];
        put?: never;
        /**
         * Ask about the data of a child I am the guardian of
         * @description The code that proves it goes to a confirmed address of mine.
         */
        post: operations["makeWardRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request that I made for a child: how it stands, what was decided */
        get: operations["getWardRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a request for a child decided anew, by somebody else */
        post: operations["appealWardRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request for a child back */
        post: operations["cancelWardRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have another code sent to me to prove my request for a child, or one to fetch its package */
        post: operations["sendWardRequestCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about a request for a child */
        post: operations["replyToWardRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch what I asked to see of a child
         * @description Takes a sign-in, or a code for this request, of the last fifteen minutes.
         */
        get: operations["fetchWardPackage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wards/{subjectId}/requests/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove a request for a child by the code that was sent to me */
        post: operations["proveWardRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The banners of the home page, newest first; asked again with If-None-Match it costs 304 */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token with client credentials
         * @description Refusals are problem+json that also carries `error` and `error_description` of RFC 6749 §5.2.
         */
        post: operations["issueClientToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/answer-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The words that answers begin with */
        get: operations["listAnswerTemplates"];
        put?: never;
        /** Add words that answers begin with */
        post: operations["addAnswerTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/answer-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change words that answers begin with */
        put: operations["changeAnswerTemplate"];
        post?: never;
        /** Take away words that answers begin with */
        delete: operations["removeAnswerTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail, newest first */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/bulk-decisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a decision for many requests is, and what came of each */
        get: operations["getBulkDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notice campaigns, newest first */
        get: operations["listCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign with its live figures */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the categories of personal data */
        get: operations["listCategories"];
        put?: never;
        /**
         * Register a category of personal data
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        post: operations["addCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/categories/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a category of personal data */
        get: operations["getCategory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a category of personal data; absent members stay as they are
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        patch: operations["changeCategory"];
        trace?: never;
    };
    "/api/v1/operator/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes that wait for a second operator, and those decided, newest first: of what the operator may see */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change, with what it would open */
        get: operations["getChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/changes/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm what another operator proposed; it takes effect */
        post: operations["confirmChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/changes/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject what another operator proposed; nothing changes */
        post: operations["rejectChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every service client */
        get: operations["listClients"];
        put?: never;
        /**
         * Add a service client for certain purposes and services; its secret is shown once
         * @description Where it opens or releases personal data a second operator has to confirm: 202 with the change that waits, after which `…/secret` shows the secret once to whoever proposed it.
         */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a client and every token it holds, at once */
        delete: operations["revokeClient"];
        options?: never;
        head?: never;
        /** Bound a client to purposes and services: at once, unless it widens the client, which waits for a second operator */
        patch: operations["boundClient"];
        trace?: never;
    };
    "/api/v1/operator/clients/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a client a new secret; the old ones stay good for a while
         * @description Where it opens or releases personal data a second operator has to confirm: 202 with the change that waits, after which `…/secret` shows the secret once to whoever proposed it.
         */
        post: operations["rotateClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/clients/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the secret shown that waits for the operator since the change was confirmed: once, within a week */
        post: operations["collectClientSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Consents as they stand, the latest change first
         * @description A page may hold fewer than asked for and still have a `nextCursor`.
         */
        get: operations["searchConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many subjects consented, day by day and purpose by purpose */
        get: operations["getConsentRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents/reconsent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose consent a revision made stale, and how many consented again */
        get: operations["getReconsentProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reminders sent, newest first */
        get: operations["listConsentReminders"];
        put?: never;
        /** Tell everybody whose consent has lapsed, each once: a notice in the inbox and one message */
        post: operations["sendConsentReminder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents/reminders/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many subjects a reminder would reach now; nobody is told */
        post: operations["previewConsentReminder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/consents/reminders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reminder with how far it has come */
        get: operations["getConsentReminder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/dead-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hundred pieces of work that have failed every time for the longest */
        get: operations["listDeadJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/dead-jobs/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run work again that failed every time */
        post: operations["replayDeadJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/decisions/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain a decision about a subject, rule by rule; the look is recorded
         * @description Takes a decision request with one purpose and one category. Nothing is decided and nothing counted.
         */
        post: operations["explainDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/decisions/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List refusals kept as examples, newest first: one of each kind a minute, of nobody */
        get: operations["listSampledRefusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/decisions/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count decisions over time by outcome, and by purpose and category */
        get: operations["summariseDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/guardianships/open-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Children about whose guardians something is open, newest first
         * @description A guardian whose age nobody knows, a withdrawal that stands against another guardian, a further guardian whom another has not said yes to.
         */
        get: operations["listGuardianCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every holder outside, and how it is */
        get: operations["listHolders"];
        put?: never;
        /**
         * Register a holder outside
         * @description It says who answers for personal data, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["registerHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a database by its manifest
         * @description It says what is read and changed there, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["registerDatabaseHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a place that only people answer for, such as an archive of paper
         * @description What requests ask there is a task for a person. It says who answers for personal data, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["registerPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a holder was asked last, and what came of it */
        get: operations["listHolderCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a holder who it is, about nobody */
        post: operations["checkHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/database": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies where in a database, and what is done there */
        get: operations["getDatabaseHolder"];
        put?: never;
        /**
         * Ask a database by another manifest, at another address or as somebody else
         * @description It says what is read and changed there, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["changeDatabaseHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many open requests still expect an answer from a holder: each would be left to a person */
        get: operations["previewHolderRemoval"];
        put?: never;
        /**
         * Remove a holder for good; what requests wait for there is left to a person
         * @description Requests no longer reach what it keeps, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["removeHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/resumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a suspended holder again
         * @description It says who answers for personal data, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["resumeHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the secret shown that both sides sign with: once, to whoever proposed the holder or that it is replaced */
        post: operations["collectHolderSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/secret-replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a service that was lost or leaked
         * @description The new one is made when whoever proposed it has it shown; the former one counts for a day from then on. It says who answers for personal data, so a second operator has to confirm: 202 with the change that waits.
         */
        post: operations["replaceHolderSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/shadow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What erasing somebody in a database would do: done, counted and taken back */
        post: operations["shadowDatabaseHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holders/{id}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a holder nothing more, until two operators let it */
        post: operations["suspendHolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holds, newest first */
        get: operations["listHolds"];
        put?: never;
        /**
         * Place a hold: what it covers is not deleted until its end
         * @description It closes, so one operator is enough.
         */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A hold with its notes and what it rests on */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holds/{id}/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document that a hold rests on, to be saved */
        get: operations["getHoldDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/holds/{id}/lifting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a hold before its end, which waits for a second operator */
        post: operations["liftHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/location/heat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A coarse map of where subjects were: how many in each cell, and nothing of cells with too few
         * @description Of positions that are kept for the purpose and may be used for it at this moment, week by week. Counts are exact and cells under the smallest group are left out whole, also from what a coarser map of the same weeks adds up; of several weeks each cell shows its fullest. A look counts as no decision of the gate.
         */
        get: operations["drawHeat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operator-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes of operators that wait for a second person, and those decided; newest first */
        get: operations["listOperatorChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operator-changes/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm what an administrator proposed; it takes effect
         * @description For another administrator, or a privacy officer where there is no other. Neither who proposed it nor whom it is about; whom one person alone has shut out still counts.
         */
        post: operations["confirmOperatorChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operator-changes/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject what an administrator proposed; nothing changes, and whom they had shut out alone is let in again
         * @description For another administrator, or a privacy officer where there is no other. Neither who proposed it nor whom it is about; whom one person alone has shut out still counts.
         */
        post: operations["rejectOperatorChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every operator, oldest first */
        get: operations["listOperators"];
        put?: never;
        /**
         * Add an operator with roles; an invitation goes to their address
         * @description A second person has to confirm, another administrator or, where there is none, a privacy officer: 202 with the change that waits. Where neither has ever been there it is done at once. The invitation is a one-time link, good for 24 hours.
         */
        post: operations["createOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One operator, with an ETag for changes */
        get: operations["getOperator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change name, roles or whether an operator may sign in
         * @description A second person has to confirm, another administrator or, where there is none, a privacy officer: 202 with the change that waits. Where neither has ever been there it is done at once. A name and a deactivation take effect at once; that of an administrator or a privacy officer is confirmed afterwards.
         */
        patch: operations["changeOperator"];
        trace?: never;
    };
    "/api/v1/operator/operators/{id}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take away the second factor of an operator who lost it; sessions end
         * @description A second person has to confirm, another administrator or, where there is none, a privacy officer: 202 with the change that waits. Where neither has ever been there it is done at once.
         */
        delete: operations["clearOperatorFactors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators/{id}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an operator a one-time link to their own address: the invitation again, or to choose a new password */
        post: operations["sendOperatorPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/operators/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End every session of an operator, who may sign in again */
        delete: operations["endOperatorSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/outreaches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Surveys and marketing sent, newest first */
        get: operations["listOutreaches"];
        put?: never;
        /** Send a survey invitation or an offer to those who allow it, each with a link to unsubscribe */
        post: operations["sendOutreach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/outreaches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One outreach with its live figures */
        get: operations["getOutreach"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/outreaches/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing more of an outreach; what is under way at this moment still goes */
        post: operations["cancelOutreach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for me, what waits for others, and how things stand, of what I may see
         * @description A fragment that fails is named in `missing`; the others are there.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the operator's own password; every session ends */
        put: operations["changeOwnOperatorPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/password-links/holder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom a one-time link is for */
        post: operations["openOperatorPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/password-links/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose the password with a one-time link; the link is used up and every session ends */
        post: operations["useOperatorPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the policies with where each stands */
        get: operations["listOperatorPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a policy without saving it */
        post: operations["checkPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read where a policy stands; by slug or id */
        get: operations["getOperatorPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/{slug}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what is being prepared, with what is wrong with it */
        get: operations["getDraft"];
        /** Save the draft, creating policy and draft where there are none */
        put: operations["saveDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/{slug}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the revisions of a policy, newest first; by slug or id */
        get: operations["listOperatorRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/{slug}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the tests kept beside a policy */
        get: operations["getPolicyTests"];
        /** Keep tests beside a policy, 200 kB at most */
        put: operations["savePolicyTests"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/policies/{slug}/tests/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the tests given, or those kept, on the draft or else on the text in force */
        post: operations["runPolicyTests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the profiles, newest version first */
        get: operations["listProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/purposes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the purposes */
        get: operations["listPurposes"];
        put?: never;
        /**
         * Register a purpose
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        post: operations["addPurpose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/purposes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a purpose */
        get: operations["getPurpose"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a purpose; absent members stay as they are
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        patch: operations["changePurpose"];
        trace?: never;
    };
    "/api/v1/operator/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the recipients of personal data */
        get: operations["listRecipients"];
        put?: never;
        /**
         * Register a recipient
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        post: operations["addRecipient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/recipients/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a recipient */
        get: operations["getRecipient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a recipient; absent members stay as they are. Its kind, region and contract need a fresh sign-in
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        patch: operations["changeRecipient"];
        trace?: never;
    };
    "/api/v1/operator/request-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How requests are answered */
        get: operations["getRequestSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how requests are answered; what lets more happen without a person waits for a second operator */
        patch: operations["changeRequestSettings"];
        trace?: never;
    };
    "/api/v1/operator/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests: what falls due first, or the newest */
        get: operations["listRequests"];
        put?: never;
        /**
         * Record a request for somebody who called, wrote or came
         * @description By `subjectId`, or, of somebody without an account, by `identifier`: then a code goes there, and it is the same as what people ask under `/requests`: nothing looks whose address it is before the code is right, and only an inquiry or a complaint begins before it. They are told where they are registered. Whoever records it does not decide alone on what changes their data, and what is asked to be seen is fetched only by the person, once they have proven it by a code.
         */
        post: operations["openRequestOnBehalf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/bulk-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on up to 200 requests alike
         * @description A dry run says of each what would come of it, or why not. Otherwise those that could be decided wait for a privacy officer other than whoever asks (202); once confirmed each is decided by itself, on what was held of it when it was proposed.
         */
        post: operations["decideRequestsInBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Arrivals and answers by week, how many were in time, and how old the open ones are */
        get: operations["getRequestFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A request with its words, its clock, what was decided and how far it is */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree, as a second operator, with what was decided */
        post: operations["approveRequestDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who answers a request */
        post: operations["assignRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a file that a request rests on; each time is kept with the evidence */
        get: operations["readRequestAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may answer a request, and who of them may decide it */
        get: operations["getRequestColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/deceased": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whose data a near relative of somebody who died asks about, after a look at their evidence
         * @description It waits for a privacy officer. Then the death is noted on the account, nobody signs in to it any more, and the request goes on about its data.
         */
        post: operations["linkRequestToDeceased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on a request, as a whole or category by category
         * @description With `If-Match` of the findings it is refused (412) where what is held has changed since.
         */
        post: operations["decideRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Extend the deadline, once, as far as the profile lets */
        post: operations["extendRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is held of what a request is about, and what would have to stay
         * @description Counted, never shown. The ETag says what a decision rests on.
         */
        get: operations["getRequestFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/fulfilment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask again, now, every holder that owes an answer, those that were given up included */
        post: operations["retryFulfilment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/manual/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that what a holder left to a person is done, and what shows it */
        post: operations["completeManualTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the person something; the time to answer stands still until they reply */
        post: operations["askAboutRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/requests/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disagree, as a second operator: it is decided anew */
        post: operations["rejectRequestDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a revision with its history and what may be done with it */
        get: operations["getRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a scheduled revision into force if every condition is met; a job does it by itself when due */
        post: operations["activateRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve the text that somebody else wrote and submitted */
        post: operations["approveRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare a revision with another one: terms with their consequence, texts word by word */
        get: operations["compareRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Save a revision as a policy-as-code file */
        get: operations["exportRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/notice-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the notice that scheduling this revision would publish */
        get: operations["previewNotice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a submitted or approved text back to draft */
        post: operations["rejectRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fix when an approved revision takes effect, and start telling people where that is owed */
        post: operations["scheduleRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit a draft for review */
        post: operations["submitRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/revisions/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a submission back to draft, or end a draft or a scheduled revision */
        post: operations["withdrawRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every role with the permissions it grants */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the services of the platform */
        get: operations["listServices"];
        put?: never;
        /**
         * Register a service of the platform
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        post: operations["addService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/services/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a service of the platform */
        get: operations["getService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a service of the platform; absent members stay as they are
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        patch: operations["changeService"];
        trace?: never;
    };
    "/api/v1/operator/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The operator's own sessions */
        get: operations["listOperatorSessions"];
        put?: never;
        /** Sign in to the console; the session is in a cookie */
        post: operations["signInOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and until when */
        get: operations["getCurrentOperatorSession"];
        put?: never;
        post?: never;
        /** Sign out */
        delete: operations["signOutOperator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which second factors the operator has */
        get: operations["getFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a secret for an authenticator application; nothing changes until a code of it is confirmed */
        post: operations["proposeTotp"];
        /** Take the second factor away, where none is required; every session ends */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/factors/totp/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrol the authenticator with one of its codes; every session ends */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove once more who is there; the session gets a new token */
        post: operations["stepUpOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the operator's own sessions */
        delete: operations["endOperatorSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The operator's own settings */
        get: operations["getOperatorSettings"];
        /** Change the operator's own settings */
        put: operations["setOperatorSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/signing-keys/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with a new key from now on: access tokens unless said otherwise */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find a subject by an exact phone number, e-mail address, ID number or id; the search and its reason are recorded
         * @description An operator searches thirty times in ten minutes at most, whatever is found.
         */
        post: operations["searchSubjects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/shared-identifiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts whose phone numbers or e-mail addresses turned out to be the same: for a person to settle with them */
        get: operations["listSharedIdentifiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subject, masked */
        get: operations["getSubject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a subject accepted, newest first */
        get: operations["listSubjectAcceptances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a subject stands with every purpose, and what they said, newest first */
        get: operations["listSubjectConsents"];
        put?: never;
        /**
         * Record a grant or withdrawal that the subject gave in another way
         * @description With the evidence of it, which is sealed, and the reason. A minor’s needs `subject.revealMinor`, and a grant for a child is the word of the guardian that is named. Saying again what stands records nothing (`duplicate`).
         */
        post: operations["recordSubjectConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/consents/{eventId}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read how a consent was given that an operator recorded, for a reason that is kept */
        post: operations["readConsentEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/death": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Since when a death is noted, and what taking the note back would end */
        get: operations["getDeath"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/death/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the death noted on an account was a mistake
         * @description It waits for another privacy officer. Then its owner signs in again, relatives’ requests are taken back and what they could fetch is destroyed.
         */
        post: operations["withdrawDeath"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/guardianships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A subject's guardians, masked; newest first */
        get: operations["listSubjectGuardianships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/guardianships/{guardianshipId}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide, with evidence, that a guardian is an adult, that a withdrawal stands no more, or that a further guardian is one
         * @description The evidence is sealed; the guardian whose withdrawal is set aside, and the guardians beside a further one, are told.
         */
        post: operations["decideGuardianship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/guardianships/{guardianshipId}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read what was seen before decisions about a guardianship, for a reason that is kept */
        post: operations["readGuardianEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is held about a subject, on which clauses, and until when
         * @description Records are counted, never shown. With the clause and the purposes that they rest on, and how long they stay. Of linked devices only what was collected while they were the subject’s.
         */
        get: operations["listSubjectHoldings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/mandates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contact person and members of an enterprise, or the enterprises that a person acts for, masked */
        get: operations["listSubjectMandates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/mandates/{mandateId}/ending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody act for an enterprise no more, at once; with its contact person its members neither */
        post: operations["endMandate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/minor-look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether I may look at what is held about somebody, or a colleague has to agree first */
        get: operations["getMinorLook"];
        put?: never;
        /**
         * Ask a colleague to let me look at a minor’s data, for an hour from when they agree
         * @description What waits already stands, with its reason.
         */
        post: operations["askMinorLook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notices a subject was shown and what was sent to them, newest first */
        get: operations["listSubjectNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/positioning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a subject has positioning on, and every turn of the switch */
        get: operations["getSubjectPositioning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show fields of a subject for thirty seconds, for a reason that is kept */
        post: operations["revealSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/telemetry/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List a subject’s events with their lineage, newest first, for a reason that is kept
         * @description Each page is recorded as a look of its own. Sealed values stay sealed; of a minor, and of what is sensitive, plain ones are shown only with the permission for it, and of a minor after a colleague has agreed (`withheld`).
         */
        post: operations["lookAtSubjectTelemetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/telemetry/{eventId}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show one sealed value of an event for thirty seconds, for a reason that is kept
         * @description A minor’s needs `subject.revealMinor`, a sensitive event `subject.revealSensitive`.
         */
        post: operations["revealSubjectTelemetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened around a subject, newest first, of what the operator may see
         * @description A fragment that fails is named in `missing`; what the others know is there.
         */
        get: operations["getSubjectTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/subjects/{subjectId}/receipts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a consent of a subject */
        get: operations["getSubjectReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/telemetry/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count events over time: accepted, refused by reason, how late they came, and by category */
        get: operations["summariseTelemetry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/telemetry/volumes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many events are stored by category and service, how many of them are sensitive, and how long each is kept */
        get: operations["listTelemetryVolumes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/third-party-services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the third-party services */
        get: operations["listThirdPartyServices"];
        put?: never;
        /**
         * Register a third-party service
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        post: operations["addThirdPartyService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/third-party-services/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a third-party service */
        get: operations["getThirdPartyService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a third-party service; absent members stay as they are
         * @description Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.
         */
        patch: operations["changeThirdPartyService"];
        trace?: never;
    };
    "/api/v1/operator/webhook-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is told of requests */
        get: operations["listWebhookSubscriptions"];
        put?: never;
        /**
         * Tell another system when requests are opened or closed; a second operator confirms
         * @description Signed as docs/webhooks.md says: number, kind, state and times, nothing about a person.
         */
        post: operations["addWebhookSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/webhook-subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Tell it nothing any more, at once */
        delete: operations["endWebhookSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/webhook-subscriptions/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The secret, once, for whoever proposed it */
        post: operations["showWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks and how far they have come, newest first */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a webhook again that was given up */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a code to reset the password with; the answer is the same whether or not the account exists
         * @description Then confirm the verification with `{ code, password }`.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the policies in force */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the text in force */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{slug}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Push the draft of a policy */
        put: operations["pushDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{slug}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was, is and is announced to be in force, newest first */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{slug}/revisions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a published text */
        get: operations["getPublishedRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{slug}/revisions/{number}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a revision changed: terms with their consequence, texts word by word */
        get: operations["getChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registration-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What registration asks for, under which clause, and what follows where it is left out */
        get: operations["listRegistrationFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask about my data without an account
         * @description A code goes to the address. The answer and its time are the same whether or not anybody here has it. An inquiry or a complaint begins at once, anything else with the code.
         */
        post: operations["makePublicRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a request without an account stands */
        get: operations["getPublicRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a request without an account decided anew, by somebody else; within thirty days */
        post: operations["appealPublicRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request without an account back */
        post: operations["cancelPublicRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have another code sent for a request without an account */
        post: operations["sendPublicCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about a request without an account; where something was asked, the time goes on */
        post: operations["replyToPublicRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/package": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch what was asked to be seen without an account */
        get: operations["fetchPublicPackage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove the address of a request without an account */
        post: operations["provePublicRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by password, or by code in two steps
         * @description `{ identifier, password }` → 201. `{ identifier }` → 202 and a code is sent; then `{ identifier, verificationId, code }` → 201.
         */
        post: operations["signInSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out */
        delete: operations["signOutSubject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for a new pair; using one twice ends the session */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a person or an enterprise; a code is sent, and the answer is the same whether or not the account exists */
        post: operations["registerSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telemetry/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store events, as far as a clause and the subject allow each
         * @description A service sends about anybody, a subject or a device about itself. The answer comes after the commit: what is accepted is stored, once, and what is refused is answered by index and code and not kept.
         *
         *     A batch sent again by the same sender is answered as it was the first time, for as long as its events live.
         *
         *     Codes: those of the gate, `event.malformed`, `event.unknownCategory`, `event.unknownService`, `event.tooOld`, `event.inFuture`, `event.notYourSubject`, `event.identifyingAttribute`.
         */
        post: operations["sendTelemetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telemetry/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A subject's events for a stated purpose, opened only as far as the gate allows now
         * @description Each category is decided about as a use for the purpose; what may not be used is answered with its code and not shown. Send `Sec-GPC: 1` on where the request that led here carried it.
         */
        post: operations["queryTelemetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telemetry/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of an event of each category that events come in of
         * @description `attributes` are stored in plain, for analysis; `personal` is sealed under the key of the subject. A category that is registered without fields takes none.
         */
        get: operations["listTelemetrySchemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a code: 200 with the subject for a registration, 204 for anything else */
        post: operations["confirmVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verifications/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a new code for the same act; the old one is worth nothing then */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process can serve: the database answers */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics; where a token is configured, with it as Bearer. In production there are none without */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptanceDto: {
            /** Format: uuid */
            revisionId: string;
            policySlug: string;
            number: number;
            /** @enum {string} */
            mode: "explicit" | "continuedUse";
            /** Format: date-time */
            at: string;
        };
        AcceptanceRequest: {
            /**
             * Format: uuid
             * @description A revision in force
             */
            revisionId: string;
        };
        AddWebhookSubscription: {
            /** @description What operators call the receiver */
            name: string;
            /** @example https://desk.example.com/hooks */
            url: string;
            events: ("request.opened" | "request.closed")[];
        };
        AddressBody: {
            /** @enum {string} */
            type: "phone" | "email";
            /** @example lin.xiaohe@example.com */
            value: string;
        };
        AfterDeathArrangement: {
            /** @description What my near relatives may not ask after my death; empty: the law decides */
            relativesMayNot: ("access" | "correction" | "deletion")[];
        };
        AllowedActDto: {
            /** @enum {string} */
            act: "edit" | "submission" | "approval" | "rejection" | "schedule" | "activation" | "withdrawal";
            allowed: boolean;
            /** @description The refusal that the act would meet */
            code?: string;
        };
        AnswerAddition: {
            /** @enum {string} */
            answer: "accepted" | "refused";
        };
        AnswerTemplateResponse: {
            /** Format: uuid */
            id: string;
            /** @description The kinds of requests that it is offered for; empty: every kind */
            types: ("access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer")[];
            title: components["schemas"]["TemplateTitleDto"];
            text: components["schemas"]["TemplateTextDto"];
            /** Format: date-time */
            changedAt: string;
        };
        AnswerTemplatesResponse: {
            items: components["schemas"]["AnswerTemplateResponse"][];
        };
        AnsweredByDto: {
            /**
             * @description Everybody who holds it
             * @enum {string|null}
             */
            role: "supportAgent" | "privacyOfficer" | null;
            /** @description Operators, where no role is named */
            operatorIds: string[];
        };
        AnsweredWarningDto: {
            /** @description Of the warning, from the comparison with what is in force */
            id: string;
            /** @example The minimum of the law is named besides. */
            answer: string;
            clauseId: string;
            summary: components["schemas"]["LocalizedText"];
        };
        ApprovalRequest: {
            /** @example Retention of location data shortened, as agreed with counsel. */
            comment: string;
            /** @description The contentHash of the text that was read */
            contentHash: string;
        };
        AskMinorLook: {
            /** @description Why; a colleague reads it, and it is kept */
            reason: string;
        };
        AskSubject: {
            /** @description What the person is asked; the time to answer stands still until they reply */
            text: string;
        };
        AskerDto: {
            /** @enum {string} */
            role: "contact" | "member" | "guardian" | "relative";
            /** @description Masked; empty for a relative */
            name: string;
        };
        AssignRequest: {
            /**
             * Format: uuid
             * @description Who answers it; null: nobody, for now
             */
            operatorId: string | null;
        };
        AttachmentResponse: {
            /**
             * Format: uuid
             * @description To be cited. Whoever uploads without an account keeps it secret: it is all that makes the file theirs.
             */
            attachmentId: string;
        };
        AuditActorDto: {
            /** @enum {string} */
            kind: "operator" | "subject" | "client" | "system";
            /** @description A commitment (`sha256:…`) where it was a subject that has been erased */
            id: string;
            /** @description The name at the time; never given for subjects */
            name?: string;
        };
        AuditEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @example policy.revision_approved */
            act: string;
            actor: components["schemas"]["AuditActorDto"];
            object: components["schemas"]["AuditObjectDto"];
            /**
             * Format: uuid
             * @description Null when the entry is about nobody, or the subject was erased
             */
            subjectId: string | null;
            correlationId: string | null;
            /** @description Null when none was given, or it was erased */
            reason: string | null;
            /** @description Facts about the act, without personal data */
            details: {
                [key: string]: unknown;
            };
            /** @description Whether entry and openings match the hash and commitments they were stored with */
            isIntact: boolean;
        };
        AuditObjectDto: {
            /** @example revision */
            type: string;
            /** @description A commitment (`sha256:…`) where it was a subject that has been erased */
            id: string;
        };
        BoundClient: {
            scopes?: ("decisions:read" | "telemetry:write" | "telemetry:read" | "location:write" | "location:read" | "disclosures:write" | "policies:write")[];
            purposes?: string[];
            services?: string[];
        };
        BulkDecisionAnswer: {
            /**
             * Format: uuid
             * @description Null of a dry run
             */
            id: string | null;
            /**
             * @description waiting: for a second operator
             * @enum {string}
             */
            state: "dryRun" | "waiting" | "running" | "done";
            /** @description How many are settled */
            settled: number;
            /** @description What is decided, and in which words */
            decision: components["schemas"]["BulkWordsDto"];
            items: components["schemas"]["BulkItemDto"][];
            change: components["schemas"]["PendingChangeResponse"];
        };
        BulkDecisionResponse: {
            /**
             * Format: uuid
             * @description Null of a dry run
             */
            id: string | null;
            /**
             * @description waiting: for a second operator
             * @enum {string}
             */
            state: "dryRun" | "waiting" | "running" | "done";
            /** @description How many are settled */
            settled: number;
            /** @description What is decided, and in which words */
            decision: components["schemas"]["BulkWordsDto"];
            items: components["schemas"]["BulkItemDto"][];
        };
        BulkItemDto: {
            /** Format: uuid */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
            /** @enum {string} */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @description Held of what it is about when it was proposed; null where nobody counted */
            records: number | null;
            /**
             * @description Null while it waits, and where it is refused
             * @enum {string|null}
             */
            outcome: "granted" | "partlyGranted" | "refused" | null;
            /**
             * @description Where it is after the decision
             * @enum {string|null}
             */
            state: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled" | null;
            /** @description The code of why it cannot be decided so */
            refusal: string | null;
        };
        BulkWordsDto: {
            /** @enum {string} */
            outcome: "grant" | "refuse" | "perCategory";
            /** @description Of a refusal */
            reason: string | null;
            /** @description What everybody is answered */
            text: string | null;
        };
        CampaignResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "policyChange";
            /** Format: uuid */
            revisionId: string;
            /** @example general-privacy */
            policySlug: string;
            /** @example 2 */
            revisionNumber: number;
            /** @enum {string} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            title: components["schemas"]["LocalizedText"];
            /** @enum {string} */
            state: "running" | "live" | "completed" | "cancelled";
            channels: ("inApp" | "email" | "sms" | "webPush" | "website")[];
            /**
             * @description Of the channels: those of which one is enough for each subject, the preferred first
             * @example [
             *       [
             *         "email",
             *         "sms"
             *       ]
             *     ]
             */
            anyOf: ("inApp" | "email" | "sms" | "webPush" | "website")[][];
            /** @description Active when the campaign started */
            audience: number;
            /** @description Who sees the in-app notice: the audience, as soon as it is live */
            noticed: number;
            /** @description Who opened the notice */
            read: number;
            /** @description Who has a verified address for a promised channel */
            reachable: number;
            /** @description Who has none */
            unreachable: number;
            /** @description Who was handed a message on at least one promised channel */
            attemptedSubjects: number;
            /**
             * @description Messages handed over, by channel
             * @example {
             *       "inApp": 1200,
             *       "email": 800
             *     }
             */
            attempted: {
                [key: string]: number;
            };
            /**
             * @description Messages waiting, by channel
             * @example {
             *       "email": 20
             *     }
             */
            queued: {
                [key: string]: number;
            };
            /**
             * @description Messages that no try could hand over, by channel
             * @example {
             *       "email": 3
             *     }
             */
            failed: {
                [key: string]: number;
            };
            /** @description attemptedSubjects of reachable */
            coverage: number;
            leadDays: number;
            /** Format: date-time */
            liveAt: string | null;
            /** Format: date-time */
            firstPassCompletedAt: string | null;
            /**
             * Format: date-time
             * @description When the lead time is over; null until the first pass is complete
             */
            leadEndsAt: string | null;
            /**
             * Format: date-time
             * @description When the revision is to take effect
             */
            effectiveAt: string;
            /**
             * Format: date-time
             * @description When it did
             */
            inEffectAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        CategoryChanges: {
            name?: components["schemas"]["LocalizedText"];
            sensitive?: boolean;
            location?: boolean;
            /** @description What an event of this category may hold, beside what the product knows of it; null: nothing more */
            eventFields?: components["schemas"]["EventFieldsDto"] | null;
        };
        CategoryDecisionDto: {
            /** @example log.browsing */
            category: string;
            allowed: boolean;
            /**
             * @description Why it is refused; null when it is allowed
             * @enum {string|null}
             */
            code: "client.purposeNotCovered" | "client.serviceNotCovered" | "subject.unknown" | "subject.closed" | "subject.suppressed" | "question.unknownService" | "question.unknownPurpose" | "question.unknownCategory" | "recipient.unknown" | "question.unknownRegion" | "scope.excluded" | "clause.none" | "storage.onDeviceOnly" | "subject.restricted" | "minor.notAllowed" | "minor.guardianRequired" | "location.off" | "recipient.inactive" | "recipient.contractExpired" | "region.notCovered" | "order.missing" | "agreement.missing" | "agreement.suspended" | "gpc.optOut" | "consent.stale" | "objection.stands" | "acceptance.missing" | "consent.missing" | "consent.withdrawn" | "consent.expired" | "consent.separateMissing" | "collected.beforeAllowed" | null;
            /** @description The slug of the policy whose clause allows it, or came nearest */
            policy: string | null;
            revision: number | null;
            clauseId: string | null;
            /** @enum {string|null} */
            basis: "contract" | "consent" | "separateConsent" | "legalObligation" | "publicInterest" | "vitalInterest" | "legitimateInterest" | "publicised" | null;
            /** Format: uuid */
            consentEventId: string | null;
            /**
             * @description What to do instead of a refused use
             * @enum {string}
             */
            fallback?: "generic" | "coarse" | "manual";
            /**
             * @description Of a refusal: what follows where the datum is not given, as the clause says
             * @enum {string}
             */
            ifWithheld?: "degraded" | "noService" | "noRegistration";
            /** @description Of an allowed aggregated use: the smallest group */
            minimumGroup?: number;
            /**
             * @description Of an allowed collection or use: how exactly, as the cited clause has it. `truncated`: of an IP address only the network part (/24 of IPv4, /48 of IPv6), of content metadata neither place nor time. `h3`: places at the cell of that resolution.
             * @example truncated
             */
            precision: (("exact" | "truncated") | {
                h3: number;
            }) | null;
            /**
             * @description Of an allowed collection or use: on the device and nowhere else, as the question said
             * @enum {string}
             */
            storage?: "onDevice";
            /** @description Of an allowed collection: the purposes that allow it */
            purposes?: components["schemas"]["PurposeLineageDto"][];
        };
        CategoryDto: {
            /**
             * Format: uuid
             * @description For other systems; clauses cite the code
             */
            id: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            code: string;
            sensitive: boolean;
            location: boolean;
            /** @description Comes with the product */
            seed: boolean;
            /** @description What an event of this category may hold, beside what the product knows of it; null: nothing more */
            eventFields: components["schemas"]["EventFieldsDto"] | null;
        };
        CategoryFiguresDto: {
            /** @description Empty for what nobody registered */
            category: string;
            /** @description The category is sensitive */
            sensitive: boolean;
            accepted: number;
            refused: number;
        };
        CategorySchemaDto: {
            /** @example log.browsing */
            category: string;
            /** @description The category is sensitive */
            sensitive: boolean;
            /** @description The product brings its fields; others are an operator’s */
            builtIn: boolean;
            /**
             * @description JSON Schema of one event
             * @example {
             *       "type": "object",
             *       "title": "log.cookie",
             *       "properties": {
             *         "attributes": {
             *           "type": "object",
             *           "properties": {
             *             "name": {
             *               "type": "string",
             *               "maxLength": 100
             *             }
             *           }
             *         }
             *       }
             *     }
             */
            schema: {
                [key: string]: unknown;
            };
        };
        ChangeDatabaseHolder: {
            /**
             * @description Sealed, and never shown again; over TLS in production
             * @example postgres://abide:password@signing.internal:5432/signing?sslmode=require
             */
            url?: string;
            /** @description The networks that its addresses have to lie in, such as 10.0.0.0/8; none: public addresses only */
            networks?: string[];
            /** @description YAML, from `npx abide holder draft`, with every gap filled */
            manifest?: string;
        };
        ChangeIdentifier: {
            value: string;
            /** @description The current password: needed once there is one; without one, sign in at most five minutes before */
            password?: string;
        };
        ChangeMe: {
            /** @description Absent stays, null clears */
            profile?: components["schemas"]["ChangeProfile"];
            /** @enum {string} */
            locale?: "zh-CN" | "en";
        };
        ChangeOperator: {
            name?: string;
            roles?: ("administrator" | "policyEditor" | "policyApprover" | "supportAgent" | "privacyOfficer" | "auditor")[];
            /** @description false: may not sign in, sessions end; true: may again, failed attempts are forgiven */
            active?: boolean;
        };
        ChangeOwnPassword: {
            currentPassword: string;
            /** @description The code of the authenticator, or a recovery code */
            code?: string;
            /** @description At least 15 characters */
            password: string;
        };
        ChangePassword: {
            /** @description Needed once there is one; without one, sign in at most five minutes before */
            currentPassword?: string;
            /** @description At least 8 characters */
            password: string;
        };
        ChangePreviewDto: {
            /** @description What it would open, a sentence each */
            opens: components["schemas"]["LocalizedText"][];
            /** @description How many more it would open than are listed */
            opensMore: number;
            /** @description Whether a second operator would have to confirm it */
            waits: boolean;
        };
        ChangeProfile: {
            name?: string | null;
            idNumber?: string | null;
            language?: string | null;
            biometricReference?: string | null;
            federatedAccount?: string | null;
            contactMethod?: string | null;
        };
        ChangeRequestSettings: {
            /** @description Access and portability are prepared without an operator once the person has given the code, unless a ground stands against it */
            preparesItself?: boolean;
            /** @description What an account says of itself is corrected without an operator once the person has given the code, where a clause gives the right without evidence */
            correctsItself?: boolean;
            /** @description Days that a granted deletion waits, so that it can be taken back */
            waitingDays?: number;
        };
        ChangedObject: {
            /** @example recipient */
            type: string;
            /** @example map-provider */
            id: string;
            name: components["schemas"]["LocalizedText"];
        };
        CitedClauseDto: {
            policy: string;
            revision: number;
            /** Format: uuid */
            revisionId: string;
            clauseId: string;
            heading: components["schemas"]["LocalizedText"];
        };
        ClauseReference: {
            policy: string;
            clauseId: string;
        };
        ClientResponse: {
            id: string;
            name: string;
            scopes: ("decisions:read" | "telemetry:write" | "telemetry:read" | "location:write" | "location:read" | "disclosures:write" | "policies:write")[];
            /** @description null: for every purpose */
            purposes: string[] | null;
            /** @description null: in every service */
            services: string[] | null;
            /** @description Opens personal data without bounds: made before clients had any, or left so on the server, and to be bounded */
            unbounded: boolean;
            /**
             * Format: uuid
             * @description The operator who may have its next secret shown
             */
            secretDueTo: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The secrets that are still good; never their text */
            secrets: components["schemas"]["ClientSecret"][];
        };
        ClientSecret: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        ClientsResponse: {
            items: components["schemas"]["ClientResponse"][];
            nextCursor: string | null;
        };
        ClockChange: {
            /** Format: date-time */
            at?: string;
            /**
             * @description ISO 8601 duration to move on by
             * @example P7D
             */
            advance?: string;
            /** @description Back to the system clock */
            reset?: boolean;
        };
        ClockDayDto: {
            /** Format: date */
            date: string;
            /** @enum {string} */
            why: "holiday" | "paused" | "workedWeekend";
            name?: components["schemas"]["LocalizedText"];
        };
        ClockReading: {
            /** Format: date-time */
            now: string;
        };
        ClockStepDto: {
            /** @enum {string} */
            rule: "receipt" | "verification" | "answer" | "extension";
            /** @description The article, or the clause that promises it */
            article: string;
            /**
             * Format: date
             * @description The day that it begins after
             */
            from: string;
            /**
             * Format: date
             * @description Its last day
             */
            to: string;
            /** @description Days that counted */
            days: number;
            /** @description Weekend days that were passed over */
            weekendDays: number;
            skipped: components["schemas"]["ClockDayDto"][];
            workedWeekends: components["schemas"]["ClockDayDto"][];
        };
        CodeOnItsWay: {
            /** @example email */
            channel: string;
            /** Format: date-time */
            expiresAt: string;
        };
        CodeSeriesDto: {
            /** @description `allowed`, or why not */
            code: string;
            decisions: number;
            /** @description As many as `instants`, in their order */
            perBucket: number[];
        };
        ColleagueDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Whether they may decide it as it stands now */
            mayDecide: boolean;
            /** @description Whether they decide on every kind of request */
            isOfficer: boolean;
        };
        ColleaguesResponse: {
            items: components["schemas"]["ColleagueDto"][];
        };
        Commented: {
            /** @example Retention of location data shortened, as agreed with counsel. */
            comment: string;
        };
        ComparedClauseDto: {
            id: string;
            /** @enum {string} */
            state: "same" | "changed" | "new" | "removed" | "moved";
            /** @description Also set where a changed clause stands elsewhere */
            moved: boolean;
            numberBefore: number | null;
            numberAfter: number | null;
            heading: components["schemas"]["LocalizedText"];
            headingWords: components["schemas"]["LocalizedWords"];
            words: components["schemas"]["LocalizedWords"];
        };
        ComparisonDto: {
            from: components["schemas"]["RevisionSummary"] | null;
            to: components["schemas"]["RevisionSummary"];
            /**
             * @description As announced, where the two are the revision and its predecessor; else as computed
             * @enum {string}
             */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            differences: components["schemas"]["DifferenceDto"][];
            clauses: components["schemas"]["ComparedClauseDto"][];
        };
        ComparisonWarningDto: {
            /** @description Stable for the same two revisions */
            id: string;
            /** @enum {string} */
            rule: "words.numbersDiffer";
            clauseId: string;
            /** @example clauses[3].body */
            path: string;
            summary: components["schemas"]["LocalizedText"];
        };
        CompleteManualTask: {
            /**
             * @description nothing: there was nothing to do; withdrawn: the holder is gone, and what it kept cannot be reached
             * @enum {string}
             */
            outcome: "done" | "nothing" | "withdrawn";
            /** @description Copies of what is held there: the person finds them in the package */
            copyIds?: string[];
            evidence: components["schemas"]["ManualEvidence"];
        };
        ConditionsDto: {
            /** @enum {string} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            requiredLeadDays: number;
            /** Format: date-time */
            leadStartedAt: string | null;
            /** Format: date-time */
            leadEndsAt: string | null;
            /** Format: date-time */
            effectiveAt: string;
            missing: components["schemas"]["MissingConditionDto"][];
            met: boolean;
        };
        ConfirmDecision: {
            comment?: string;
        };
        ConfirmFactor: {
            code: string;
        };
        ConfirmGuardianship: {
            code: string;
        };
        ConfirmPendingChange: {
            /** @description Kept with the evidence */
            reason?: string;
        };
        ConfirmVerification: {
            code: string;
            /** @description The new password, to confirm a password reset */
            password?: string;
        };
        ConfirmedGuardianship: {
            /** Format: uuid */
            guardianshipId: string;
            /**
             * Format: uuid
             * @description The minor
             */
            subjectId: string;
            /** @enum {string} */
            state: "pending" | "confirmed" | "ended";
            /** @description What it still waits for before the consent counts: the yes of a guardian there is already, proof that this one is an adult */
            awaits: ("otherGuardian" | "age")[];
        };
        ConsentEventDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            act: "grant" | "renewal" | "withdrawal" | "refusal" | "expiry";
            scope: components["schemas"]["ConsentScopeDto"];
            /**
             * Format: date-time
             * @description When the subject said so
             */
            occurredAt: string;
            /**
             * Format: date-time
             * @description When we learned of it; later for what could not be sent at once
             */
            recordedAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            givenBy: components["schemas"]["GiverDto"];
            /** @description The policy whose words were shown */
            policy: string | null;
            revision: number | null;
            /** Format: uuid */
            revisionId: string | null;
            clauseId: string | null;
            /** @enum {string} */
            locale: "zh-CN" | "en";
            channel: string;
            /** Format: uuid */
            receiptId: string;
            /** @description An operator noted how it was given */
            hasEvidence: boolean;
        };
        ConsentRatesResponse: {
            items: components["schemas"]["PurposeRatesDto"][];
            /** @description The zone whose calendar days are meant, in hours ahead of UTC */
            utcOffsetHours: number;
            /**
             * Format: date-time
             * @description When the newest figures were counted
             */
            asOf: string | null;
        };
        ConsentRequest: {
            /** @enum {string} */
            state: "granted" | "withdrawn";
            /** @description The categories it names; separate consent needs them named */
            categories?: string[];
            service?: string;
            /** @description The id or slug of the recipient it names */
            recipientId?: string;
            region?: string;
            /**
             * Format: uuid
             * @description The revision that was shown; the one in force when left out
             */
            revisionId?: string;
            clauseId?: string;
            /** @enum {string} */
            locale?: "zh-CN" | "en";
            /** @description SHA-256 of the words that were shown; of the clause when left out */
            wordingHash?: string;
            /** @example ios */
            channel?: string;
            /**
             * Format: date-time
             * @description When the subject said so, where it could not be sent at once
             */
            occurredAt?: string;
        };
        ConsentResponse: {
            /** Format: uuid */
            consentEventId: string;
            /**
             * @description What stands: a late word beneath a newer one is recorded and changes nothing
             * @enum {string}
             */
            state: "granted" | "withdrawn" | "expired";
            /** Format: uuid */
            receiptId: string;
            /** Format: date-time */
            at: string;
            /** @description The same had been said before; nothing was recorded */
            duplicate: boolean;
        };
        ConsentScopeDto: {
            purpose: string;
            /** @description Null: not narrowed */
            categories: string[] | null;
            service: string | null;
            /** @description The slug of the recipient it names */
            recipient: string | null;
            region: string | null;
        };
        ContactPersonBody: {
            /** @example Zhou Tinglan */
            name: string;
            phone?: string;
            email?: string;
        };
        CorrectionRequest: {
            /** @example registration.name */
            category: string;
            /** @description How it is to be */
            value: string;
        };
        CountDto: {
            category: string;
            table?: string;
            count: number;
        };
        CountedDecisionsDto: {
            /** @description Empty where a collection named none */
            purpose: string;
            category: string;
            code: string;
            decisions: number;
        };
        CoveredKindDto: {
            category: string;
            columns: string[];
        };
        CoveredTableDto: {
            /** @example signing.signers */
            table: string;
            kinds: components["schemas"]["CoveredKindDto"][];
            /** @description What may be corrected */
            correctable: string[];
            /** @description The column that says that a row is only stored */
            restrictedBy: string | null;
            /**
             * @description What erasing does; leave: only a way to other tables
             * @enum {string}
             */
            erasure: "delete" | "blank" | "keep" | "leave";
            /** @description Why it is kept */
            article: string | null;
        };
        CreateClient: {
            /** @example ticketing */
            name: string;
            scopes: ("decisions:read" | "telemetry:write" | "telemetry:read" | "location:write" | "location:read" | "disclosures:write" | "policies:write")[];
            /**
             * @description What it is for; must be named with a scope that opens personal data
             * @example [
             *       "service.provision"
             *     ]
             */
            purposes?: string[];
            /**
             * @description In which services; must be named with a scope that opens personal data
             * @example [
             *       "ticketing"
             *     ]
             */
            services?: string[];
            /** @default 365 */
            expiresInDays: number;
        };
        CreateOperator: {
            /**
             * Format: email
             * @example li.na@abide.example
             */
            email: string;
            /** @example Li Na */
            name: string;
            roles: ("administrator" | "policyEditor" | "policyApprover" | "supportAgent" | "privacyOfficer" | "auditor")[];
            /** @enum {string} */
            locale?: "zh-CN" | "en";
        };
        CurrentOperatorSession: {
            operator: components["schemas"]["OperatorResponse"];
            /** @description Send it as X-Abide-Csrf with everything but GET */
            csrfToken: string;
            /**
             * Format: date-time
             * @description When it ends if nothing more is done
             */
            expiresAt: string;
            /** Format: date-time */
            absoluteExpiresAt: string;
            /** Format: date-time */
            stepUpUntil: string | null;
            /** @description A second factor must be enrolled before anything else; until then the session holds no permission */
            factorRequired: boolean;
            /** @description Seals the operator's unsaved work in the browser: 32 bytes in base64url, for the page's memory alone; null until a required factor is enrolled */
            draftKey: string | null;
        };
        DatabaseManifestResponse: {
            manifest: string;
            tables: components["schemas"]["CoveredTableDto"][];
            /** @description Where what was done is noted; without it a person does what changes something */
            ledger: string | null;
        };
        DeadJobResponse: {
            /** Format: uuid */
            id: string;
            /**
             * @description What work it is
             * @example notifications.first_pass
             */
            queue: string;
            /** Format: date-time */
            queuedAt: string;
            /** Format: date-time */
            failedAt: string;
        };
        DeadJobsResponse: {
            items: components["schemas"]["DeadJobResponse"][];
        };
        DecideGuardianship: {
            /**
             * @description That the guardian is an adult, that their withdrawal stands no more, or that a further guardian is one
             * @enum {string}
             */
            about: "age" | "withdrawal" | "addition";
            /**
             * @description What the officer saw; sealed
             * @example Household register, page 3, seen at the counter on 3 March.
             */
            evidence: string;
            /** @description Why; kept with the evidence of the act */
            reason: string;
        };
        DecideInBulk: {
            /** @description These; or else all that the filter finds */
            ids?: string[];
            /** @description As the queue is filtered */
            filter?: components["schemas"]["QueuePart"];
            decision: components["schemas"]["DecideRequest"];
            /** @description Say what would come of it, and do nothing */
            dryRun: boolean;
        };
        DecideRequest: {
            /**
             * @description grant: all that no exemption keeps
             * @enum {string}
             */
            outcome: "grant" | "refuse" | "perCategory";
            items?: components["schemas"]["DecisionItemDto"][];
            /** @description Of a refusal, in writing */
            reason?: string;
            /** @description What the person is answered */
            text?: string;
        };
        DecidingOperator: {
            /** Format: uuid */
            id: string;
            /** @example Li Na */
            name: string;
        };
        DecisionBatchResponse: {
            /** @description In the order of the questions */
            items: components["schemas"]["DecisionResponse"][];
        };
        DecisionDto: {
            holder: string;
            category: string;
            count: number;
            /** @enum {string} */
            outcome: "grant" | "refuse" | "keep" | "restrict";
            ground: string | null;
            article: string | null;
            reason: string | null;
            /** Format: date-time */
            until: string | null;
        };
        DecisionItemDto: {
            /** @description Left out: wherever it is held */
            holder?: string;
            category: string;
            /** @enum {string} */
            outcome: "grant" | "refuse" | "keep" | "restrict";
            /** @enum {string} */
            ground?: "legalMinimum" | "evidence" | "hold" | "othersData" | "runningContract";
            article?: string;
            reason?: string;
            /** Format: date-time */
            until?: string | null;
        };
        DecisionOptionsDto: {
            /**
             * @description Why they may not decide or confirm now; withheld: they may once a colleague lets them look; linkWaits: once somebody has agreed whose data a relative asks about
             * @enum {string|null}
             */
            barrier: "kind" | "decidedBefore" | "ownDecision" | "linkWaits" | "withheld" | null;
            /**
             * Format: uuid
             * @description The change that says whose data a relative asks about, while it waits
             */
            linkChangeId: string | null;
            /** @description Whether it is decided on what is held, kind by kind */
            isAboutHeldData: boolean;
            /** @description Whether it is answered in words alone, which are needed then */
            isAnsweredInWords: boolean;
            /** @description Whether it takes something away for good */
            isIrrevocable: boolean;
            /** @description What can be decided about a kind of data */
            outcomes: ("grant" | "refuse" | "keep" | "restrict")[];
            /** @description Where each outcome leads, were it their decision */
            next: components["schemas"]["NextStatesDto"];
        };
        DecisionResponse: {
            /** @description Whether every category is allowed */
            allowed: boolean;
            results: components["schemas"]["CategoryDecisionDto"][];
        };
        DecisionSummaryResponse: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            bucket: "minute" | "hour" | "day";
            /**
             * @description The zone whose days a bucket of a day is, in hours ahead of UTC
             * @example 8
             */
            utcOffsetHours: number;
            /** @description The beginnings of the buckets */
            instants: string[];
            /** @description The most frequent outcome first */
            codes: components["schemas"]["CodeSeriesDto"][];
            /** @description The most frequent first */
            counts: components["schemas"]["CountedDecisionsDto"][];
        };
        DeliveryResponse: {
            /** @enum {string} */
            channel: "email" | "sms";
            /** @enum {string} */
            state: "queued" | "attempted" | "failed";
            /**
             * Format: date-time
             * @description When it came into this state
             */
            at: string;
        };
        DevelopmentMessage: {
            channel: string;
            to: string;
            subject?: string;
            text: string;
            /** Format: date-time */
            sentAt: string;
        };
        DevelopmentMessages: {
            items: components["schemas"]["DevelopmentMessage"][];
        };
        DifferenceDto: {
            /** @description Stable for the same two revisions */
            id: string;
            clauseId: string | null;
            /** @enum {string} */
            class: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            /** @example retention.lengthened */
            rule: string;
            /** @example PIPL 14(2) */
            article: string;
            summary: components["schemas"]["LocalizedText"];
            before?: string | number;
            after?: string | number;
        };
        DraftDto: {
            /** Format: uuid */
            revisionId: string;
            number: number;
            contentHash: string;
            /** @description What to send in If-Match */
            etag: string;
            /** @enum {string} */
            state: "draft" | "inReview" | "approved" | "scheduled" | "effective" | "superseded" | "withdrawn";
            /** @description The policy in the policy-as-code format */
            document: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["PolicyProblemDto"][];
        };
        DueDto: {
            /** @description How many records */
            count: number;
            /**
             * Format: date-time
             * @description When the first of them fell due
             */
            since: string;
        };
        EndMandate: {
            /** @description Kept with the evidence */
            reason: string;
        };
        EndSessions: {
            /** @description The current password; without it, sign in at most five minutes before */
            password?: string;
        };
        EventFieldDto: {
            /**
             * @description `array`: of texts, numbers and booleans. `object`: of the same by name, one level deep
             * @enum {string}
             */
            type: "string" | "integer" | "number" | "boolean" | "array" | "object";
            /** @description Of a string, and needed there unless it has an enum: at most 2000 in plain. Of each text in an array or an object, and needed there: at most 500 */
            maxLength?: number;
            /** @description Of an array or an object, and needed there: how many values it holds */
            maxItems?: number;
            /** @description Of a string: the only values */
            enum?: string[];
            /** @description Of an integer or a number */
            minimum?: number;
            /** @description Of an integer or a number */
            maximum?: number;
            /**
             * @description Of a string without an enum. `date-time`: an RFC 3339 instant. `reference`: the number of an order or the like, letters, digits, `-` and `_`; it may be long, but none of a person, a card or a telephone
             * @enum {string}
             */
            format?: "date-time" | "reference";
            description?: string;
        };
        EventFieldsDto: {
            /**
             * @description What identifies nobody and stays readable, by name
             * @example {
             *       "durationSeconds": {
             *         "type": "integer",
             *         "minimum": 0
             *       }
             *     }
             */
            attributes?: {
                [key: string]: components["schemas"]["EventFieldDto"];
            };
            /**
             * @description What is sealed under the subject’s key, by name
             * @example {
             *       "plate": {
             *         "type": "string",
             *         "maxLength": 12
             *       }
             *     }
             */
            personal?: {
                [key: string]: components["schemas"]["EventFieldDto"];
            };
        };
        EvidenceBody: {
            /** @description How it was made sure who asks: kept sealed */
            text: string;
            attachmentIds?: string[];
        };
        EvidenceReason: {
            /** @description Why it is read; kept */
            reason: string;
        };
        EvidenceRequest: {
            /** @description Why it is read; kept */
            reason: string;
        };
        EvidenceResponse: {
            /** @description What an operator noted of how the subject said so */
            evidence: string;
        };
        ExemptionDto: {
            /** @enum {string} */
            ground: "legalMinimum" | "evidence" | "hold" | "othersData" | "runningContract";
            /** @description Empty of a hold that the person may not be told of, for whoever reads no holds */
            article: string;
            /** Format: date-time */
            until: string | null;
            /**
             * Format: uuid
             * @description Of a hold
             */
            holdId?: string;
            /** @description Of a hold that the person may not be told of */
            isBarred?: boolean;
        };
        ExplainedRuleDto: {
            /** @description The number of the rule, in the order in which they are asked */
            rule: number;
            /**
             * @description `notAsked`: it had nothing to ask. `notReached`: an earlier one had refused.
             * @enum {string}
             */
            outcome: "passed" | "refused" | "notAsked" | "notReached";
            /**
             * @description Only where it refused
             * @enum {string|null}
             */
            code: "client.purposeNotCovered" | "client.serviceNotCovered" | "subject.unknown" | "subject.closed" | "subject.suppressed" | "question.unknownService" | "question.unknownPurpose" | "question.unknownCategory" | "recipient.unknown" | "question.unknownRegion" | "scope.excluded" | "clause.none" | "storage.onDeviceOnly" | "subject.restricted" | "minor.notAllowed" | "minor.guardianRequired" | "location.off" | "recipient.inactive" | "recipient.contractExpired" | "region.notCovered" | "order.missing" | "agreement.missing" | "agreement.suspended" | "gpc.optOut" | "consent.stale" | "objection.stands" | "acceptance.missing" | "consent.missing" | "consent.withdrawn" | "consent.expired" | "consent.separateMissing" | "collected.beforeAllowed" | null;
        };
        ExplainedStatementDto: {
            policy: string;
            revision: number;
            clauseId: string;
            /** @enum {string} */
            basis: "contract" | "consent" | "separateConsent" | "legalObligation" | "publicInterest" | "vitalInterest" | "legitimateInterest" | "publicised";
            /** @description Null: every service */
            service: string | null;
            /** @description A kind of recipient, or `recipient:<slug>` */
            recipient: string | null;
            /** @description Rules 4 to 10 */
            rules: components["schemas"]["ExplainedRuleDto"][];
            /**
             * Format: uuid
             * @description The consent that carried it
             */
            consentEventId: string | null;
        };
        ExplanationResponse: {
            decision: components["schemas"]["CategoryDecisionDto"];
            /**
             * Format: date-time
             * @description The instant that the answer is for
             */
            at: string;
            /** @description Rules 1 to 3 */
            rules: components["schemas"]["ExplainedRuleDto"][];
            /** @description Every statement in force that speaks of the matter */
            statements: components["schemas"]["ExplainedStatementDto"][];
            /** @description The clauses cited above */
            clauses: components["schemas"]["CitedClauseDto"][];
            /** @description The consents cited above */
            consents: components["schemas"]["ConsentEventDto"][];
        };
        FactorsResponse: {
            totp: boolean;
            required: boolean;
            recoveryCodesLeft: number;
        };
        FeedbackTaken: {
            /**
             * Format: uuid
             * @description Of the inquiry that it became: `GET /me/requests/{id}` says how it stands
             */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
        };
        FieldClause: {
            policy: string;
            revision: number;
            clauseId: string;
            heading: components["schemas"]["LocalizedText"];
        };
        FindingDto: {
            holder: string;
            category: string;
            /** @description Records; 0 where the holder did not say */
            count: number;
            /** Format: date-time */
            since: string | null;
            /** Format: date-time */
            until: string | null;
            /**
             * @description done: the holder said so; else why it did not
             * @enum {string}
             */
            outcome: "done" | "unreachable" | "needsIdentifier" | "manual" | "withdrawn";
            /** @description Whether they sign in by it: without it they no longer can */
            isSignIn: boolean;
            exemptions: components["schemas"]["ExemptionDto"][];
        };
        FindingsResponse: {
            /** @description What people call each kind of data, purpose and holder outside that is named here, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            items: components["schemas"]["FindingDto"][];
        };
        FoundConsentDto: {
            /** Format: uuid */
            subjectId: string;
            purpose: string;
            categories: string[] | null;
            service: string | null;
            recipient: string | null;
            region: string | null;
            /** @enum {string} */
            state: "granted" | "withdrawn" | "expired" | "stale";
            /**
             * Format: date-time
             * @description Since when it stands so
             */
            since: string;
            /** @description The policy under which it was last granted */
            policy: string | null;
            revision: number | null;
            clause: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was last recorded
             */
            changedAt: string;
        };
        FoundSubjectResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "person" | "enterprise" | "device";
            /**
             * @description Masked
             * @example 林**
             */
            displayName: string;
            /** @enum {string} */
            status: "active" | "pendingGuardian" | "deceased" | "closed";
            /** Format: date-time */
            createdAt: string;
        };
        FoundSubjects: {
            items: components["schemas"]["FoundSubjectResponse"][];
            nextCursor: string | null;
        };
        GiveFeedback: {
            /** @description In my own words */
            text: string;
            /**
             * @description The service that it is about
             * @example ticketing
             */
            service?: string;
        };
        GiverDto: {
            /** @enum {string} */
            kind: "subject" | "guardian" | "operator" | "system";
            /** @description Of an operator, or of the subject that is the guardian */
            id: string | null;
            /** @description Of an operator */
            name: string | null;
        };
        GpcSupport: {
            gpc: boolean;
            /** Format: date */
            lastUpdate: string;
        };
        GuardianAdvice: {
            /** @description In the language asked for */
            text: string;
            /** @description What the guardian can read */
            link: string;
        };
        GuardianBody: {
            name?: string;
            /** @description Where the guardian gets a code */
            identifier: components["schemas"]["IdentifierBody"];
        };
        GuardianCase: {
            /**
             * Format: uuid
             * @description The child
             */
            subjectId: string;
            /** Format: uuid */
            guardianshipId: string;
            /**
             * @description Of the child, masked; empty when none is known yet
             * @example 林**
             */
            displayName: string;
            /** @enum {string} */
            why: "ageUnknown" | "withdrawalStands" | "additionWaits";
            /** @description Nothing of the child’s is used because of it */
            isClosed: boolean;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            dueAt: string | null;
        };
        GuardianEvidence: {
            items: components["schemas"]["SeenEvidence"][];
        };
        GuardianshipResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "pending" | "confirmed" | "ended";
            /**
             * @description Whether the guardian consents, or is advised to read along
             * @enum {string}
             */
            kind: "consent" | "advice";
            /** @description null once the guardian has been erased */
            guardian: components["schemas"]["MaskedGuardian"] | null;
            /** @description What it still waits for before the consent counts: the yes of a guardian there is already, proof that this one is an adult */
            awaits: ("otherGuardian" | "age")[];
            /**
             * Format: date-time
             * @description Until when the consent counts although nobody knows whether the guardian is an adult
             */
            ageDueAt: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            confirmedAt: string | null;
            /** Format: date-time */
            consentedAt: string | null;
            /** Format: date-time */
            consentWithdrawnAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** @enum {string|null} */
            endReason: "guardianLeft" | "guardianErased" | "cameOfAge" | "refusedByGuardian" | null;
        };
        Health: {
            /** @example ok */
            status: string;
        };
        HeatCellDto: {
            /**
             * @description The H3 index
             * @example 853096a7fffffff
             */
            cell: string;
            /** @description How many different subjects were in it, in the week in which they were the most */
            subjects: number;
            /** @description Its corners, [latitude, longitude] each */
            boundary: number[][];
        };
        HeatResponse: {
            purpose: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            resolution: number;
            /** @description Of cells with fewer subjects in every week nothing is told */
            minimumGroup: number;
            /** @description There are such cells */
            suppressedCells: boolean;
            /** @description Those with the most subjects first */
            cells: components["schemas"]["HeatCellDto"][];
        };
        HeldDeviceDto: {
            /** Format: uuid */
            deviceId: string;
            /** Format: date-time */
            linkedAt: string;
            /**
             * Format: date-time
             * @description When somebody else said that the device is theirs
             */
            endedAt: string | null;
            /** @description Only what was collected while it was the subject’s */
            items: components["schemas"]["HoldingDto"][];
        };
        HeldUnderDto: {
            /** @example privacy */
            policy: string;
            revision: number;
            /** Format: uuid */
            revisionId: string | null;
            clauseId: string;
            heading: components["schemas"]["LocalizedText"] | null;
            /** @description The purposes that rest on this clause */
            purposes: string[];
        };
        HoldDocument: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @example application/pdf */
            type: string;
            bytes: number;
        };
        HoldLineResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            ground: "litigation" | "courtOrder" | "investigation" | "supervision" | "incident";
            /** @description The law or order that it rests on */
            article: string;
            /** @description Empty: everything */
            categories: string[];
            /**
             * Format: date-time
             * @description Only what was collected from then on
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Only what was collected before
             */
            to: string | null;
            /**
             * Format: date-time
             * @description From then on it holds nothing
             */
            until: string;
            /** @enum {string} */
            state: "inForce" | "expired" | "lifted";
            /** Format: date-time */
            placedAt: string;
            /** Format: date-time */
            liftedAt: string | null;
            /**
             * Format: uuid
             * @description Whose data
             */
            subjectId: string;
            /** @description Whose data, masked */
            displayName: string | null;
            /** @description What people call each kind of data, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            /** @description The law that forbids telling the person; null: they see it */
            barredArticle: string | null;
        };
        HoldResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            ground: "litigation" | "courtOrder" | "investigation" | "supervision" | "incident";
            /** @description The law or order that it rests on */
            article: string;
            /** @description Empty: everything */
            categories: string[];
            /**
             * Format: date-time
             * @description Only what was collected from then on
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Only what was collected before
             */
            to: string | null;
            /**
             * Format: date-time
             * @description From then on it holds nothing
             */
            until: string;
            /** @enum {string} */
            state: "inForce" | "expired" | "lifted";
            /** Format: date-time */
            placedAt: string;
            /** Format: date-time */
            liftedAt: string | null;
            /**
             * Format: uuid
             * @description Whose data
             */
            subjectId: string;
            /** @description Whose data, masked */
            displayName: string | null;
            /** @description What people call each kind of data, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            /** @description The law that forbids telling the person; null: they see it */
            barredArticle: string | null;
            /** @description Who placed it, by name */
            placedBy: string | null;
            notes: string | null;
            /** @description Why it was, or is to be, lifted */
            liftingReason: string | null;
            /** @description Of a minor: words and documents are left out until a colleague lets whoever asks look at them */
            isWithheld: boolean;
            documents: components["schemas"]["HoldDocument"][];
        };
        HolderCallDto: {
            /**
             * Format: uuid
             * @description The request that it was asked for
             */
            requestId: string;
            /** @enum {string} */
            operation: "describe" | "export" | "correct" | "erase" | "restrict" | "unshare" | "expire";
            /** @enum {string} */
            state: "asked" | "accepted" | "failed" | "answered" | "dead";
            attempts: number;
            /** @enum {string|null} */
            failure: "addressForbidden" | "hostUnknown" | "unreachable" | "timedOut" | "answerTooLarge" | "redirected" | "gone" | "refused" | "badSignature" | "badAnswer" | "incomplete" | "noCallback" | "schemaChanged" | "notPermitted" | "unfit" | "tooManyRows" | "suspended" | null;
            /** Format: date-time */
            askedAt: string;
            /** Format: date-time */
            answeredAt: string | null;
            /** Format: date-time */
            nextAttemptAt: string | null;
        };
        HolderCallsResponse: {
            /** @description The newest first */
            items: components["schemas"]["HolderCallDto"][];
        };
        HolderCheckResponse: {
            /** @enum {string} */
            health: "answering" | "failing";
            /** @enum {string|null} */
            failure: "addressForbidden" | "hostUnknown" | "unreachable" | "timedOut" | "answerTooLarge" | "redirected" | "gone" | "refused" | "badSignature" | "badAnswer" | "incomplete" | "noCallback" | "schemaChanged" | "notPermitted" | "unfit" | "tooManyRows" | "suspended" | null;
            /** @description What it calls itself */
            name: string | null;
            /** @description What it keeps and was not registered for */
            unregistered: string[];
            /** @description Tables and columns of a database that its manifest does not name */
            appeared: string[];
            /** @description What its manifest names and is no longer there */
            gone: string[];
        };
        HolderName: {
            /** @example 票务系统 */
            "zh-CN": string;
            /** @example Ticketing */
            en: string;
        };
        HolderProgressDto: {
            name: string;
            /** @description 1, and one more for each appeal */
            round: number;
            /** @description Null until it has answered */
            outcome: string | null;
            counts: components["schemas"]["CountDto"][];
            retained: components["schemas"]["RetainedDto"][];
            /** Format: date-time */
            acknowledgedAt: string | null;
            /**
             * Format: uuid
             * @description Of what it leaves to a person, until that is done
             */
            taskId: string | null;
        };
        HolderReason: {
            /** @description Why; it is kept as evidence */
            reason: string;
        };
        HolderRemovalResponse: {
            /** @description Requests that wait for what it does of what was granted */
            decided: number;
            /** @description Requests that nobody has decided yet */
            undecided: number;
        };
        HolderSecret: {
            /** @description Shown this once: both sides sign with it */
            secret: string;
        };
        HoldingDto: {
            /**
             * @description `none`: about the records themselves, such as proof that a notice was given
             * @example log.browsing
             */
            category: string;
            /** @description Null where the category is not registered */
            name: components["schemas"]["LocalizedText"] | null;
            /** @description Everything about a person under 14 is */
            sensitive: boolean;
            /** @description How many records */
            count: number;
            /**
             * Format: date-time
             * @description When the oldest was collected
             */
            since: string | null;
            /**
             * Format: date-time
             * @description When the last of those that have a date falls due; null where `retention` alone tells
             */
            until: string | null;
            /** @description Among them, what is over its time and still stored until it is swept: no purpose may use it any more. Null: nothing is */
            due: components["schemas"]["DueDto"] | null;
            /** @description Some of it has no date and stays until an event */
            openEnded: boolean;
            purposes: components["schemas"]["NamedPurposeDto"][];
            /** @description What it rests on. Empty: no clause covers it, as with proof of what was agreed or done. */
            clauses: components["schemas"]["HeldUnderDto"][];
            /** @description The promises in force; several where services promise differently */
            retention: components["schemas"]["HoldingRetentionDto"][];
        };
        HoldingRetentionDto: {
            /** @example privacy */
            policy: string;
            revision: number;
            /** Format: uuid */
            revisionId: string | null;
            clauseId: string;
            heading: components["schemas"]["LocalizedText"] | null;
            /** @description Null: every service */
            service: string | null;
            /**
             * @description How long each record stays, counted from when it occurred (ISO 8601)
             * @example P6M
             */
            period: string | null;
            /**
             * @description Or until what it stays
             * @enum {string|null}
             */
            until: "accountClosure" | "serviceEnd" | "agreementEnd" | "purposeMet" | "consentWithdrawal" | null;
            /**
             * @description What happens then
             * @enum {string}
             */
            then: "delete" | "anonymise" | "restrict";
            /** @description The law’s minimum, where the clause names one */
            minimumPeriod: string | null;
        };
        HoldingRowDto: {
            /**
             * Format: date-time
             * @description When it occurred or was given
             */
            at: string;
            /** @description Null where none is named */
            service: string | null;
            /**
             * Format: date-time
             * @description When it falls due; null: with an event, such as closing the account
             */
            dueAt: string | null;
            /** @description Empty: no clause covers it, or it serves no purpose any more and goes when it is due */
            grounds: components["schemas"]["HoldingRowGroundDto"][];
        };
        HoldingRowGroundDto: {
            /** @example privacy */
            policy: string;
            revision: number;
            /** Format: uuid */
            revisionId: string | null;
            clauseId: string;
            heading: components["schemas"]["LocalizedText"] | null;
            purpose: components["schemas"]["NamedPurposeDto"];
            /**
             * Format: uuid
             * @description The consent event that it rests on; null where it rests on none
             */
            consentEventId: string | null;
        };
        HoldingsResponse: {
            /** @description By the code of the category */
            items: components["schemas"]["HoldingDto"][];
            /** @description The linked devices, in the order of their links */
            devices: components["schemas"]["HeldDeviceDto"][];
        };
        IdentifierBody: {
            /** @enum {string} */
            type: "phone" | "email";
            /** @example lin.xiaohe@example.com */
            value: string;
        };
        InboxNoticeResponse: {
            /** Format: uuid */
            id: string;
            /** @example Our privacy policy changes on 8 December */
            title: string;
            /** @example Location is kept for 90 instead of 30 days. */
            summary: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description Null where there is nothing more to read */
            link: string | null;
            /** @enum {string} */
            kind: "policyChange" | "consentExpiring" | "consentAgain" | "handOver" | "request";
            /**
             * @description Null for a notice to this subject alone
             * @example general-privacy
             */
            policySlug: string | null;
            /** @example 2 */
            revisionNumber: number | null;
            /** @enum {string|null} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /**
             * Format: date-time
             * @description When the revision is to take effect
             */
            effectiveAt: string | null;
            /** Format: date-time */
            readAt: string | null;
            /** @description Still shown and not read */
            banner: boolean;
        };
        IngestPointDto: {
            /**
             * Format: date-time
             * @description The beginning of the step
             */
            at: string;
            /** @description Stored for the first time; an event of a batch that is repeated counts once */
            accepted: number;
            /** @description Refused, by whichever check */
            refused: number;
            /** @description How long ago what was accepted had occurred, on average; null where nothing was */
            lagMilliseconds: number | null;
        };
        IngestResponse: {
            /** @description How many are stored */
            accepted: number;
            /** @description How many of them had been stored before */
            alreadyStored: number;
            /** @description Nothing of these is kept */
            refused: components["schemas"]["RefusedItem"][];
            /** @description The batch was answered before, and this is that answer */
            duplicate: boolean;
        };
        IngestSummaryResponse: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /**
             * @description How far apart the points are
             * @enum {string}
             */
            step: "minute" | "hour" | "day";
            /**
             * @description The zone whose days a step of a day is, in hours ahead of UTC
             * @example 8
             */
            utcOffsetHours: number;
            /** @description Events that had been stored before and came again in another batch: neither accepted nor refused */
            alreadyStored: number;
            points: components["schemas"]["IngestPointDto"][];
            /** @description The most frequent reason first */
            byReason: components["schemas"]["ReasonSeriesDto"][];
            /** @description The most frequent first */
            byCategory: components["schemas"]["CategoryFiguresDto"][];
            /**
             * @description Events a second that came over the last complete minute, whatever became of them
             * @example 12.5
             */
            perSecond: number;
        };
        JoinedToDto: {
            /** Format: uuid */
            id: string;
            number: string;
        };
        JsonWebKeySet: {
            keys: ({
                /**
                 * @description What this key signs: a signature under it proves nothing else
                 * @enum {string}
                 */
                signs?: "access" | "receipt";
            } & {
                [key: string]: unknown;
            })[];
        };
        KeepingDto: {
            /**
             * @description From when it occurred (ISO 8601); null: until an event
             * @example P6M
             */
            period: string | null;
            /** @description The event until which it is kept */
            until: string | null;
            /** @description What happens then: delete, anonymise or restrict */
            then: string;
            policy: string;
            revision: number;
            clauseId: string;
        };
        LastPositionRequest: {
            /** Format: uuid */
            subjectId: string;
            /** @example service.provision */
            purpose: string;
            /** @description Where it is to be used; left out, each in the service it was taken in */
            service?: string;
        };
        LastPositionResponse: {
            /** @description null where there is none that may be used */
            position: components["schemas"]["PositionDto"] | null;
            /** @description What may not be used for the purpose */
            refused: components["schemas"]["RefusedPositionUseDto"][];
        };
        LeftTaskDto: {
            /** Format: uuid */
            id: string;
            holder: string;
            /**
             * @description Everybody who holds it; null where operators are named, or whoever answers requests may
             * @enum {string|null}
             */
            role: "administrator" | "policyEditor" | "policyApprover" | "supportAgent" | "privacyOfficer" | "auditor" | null;
            /** @description Operators who are named */
            people: string[];
            /** @description Whether the operator who asks may say that it is done */
            isYours: boolean;
        };
        LiftHold: {
            /** @description Kept sealed; the second operator reads it */
            reason: string;
        };
        LineageDto: {
            purpose: string;
            /** @description The slug of the policy */
            policy: string;
            revision: number;
            /** @description The id of the clause */
            clause: string;
            basis: string;
            /**
             * Format: uuid
             * @description The consent event that it rests on
             */
            consentEvent: string | null;
            /** @description How exactly the purpose may have it */
            precision: ("exact" | "truncated") | {
                h3: number;
            };
        };
        LinkDeceased: {
            /**
             * Format: uuid
             * @description The account of who died
             */
            subjectId: string;
            /** @description What the evidence shows of the death and of the relation; kept sealed */
            reason: string;
        };
        LinkDevice: {
            /** @description The token of the device: only who holds it can link it */
            deviceToken: string;
        };
        LinkHolderResponse: {
            /** @example li.na@abide.example */
            email: string;
            /** @example Li Na */
            name: string;
            /** @description The first password; false: another one */
            invitation: boolean;
            /** Format: date-time */
            expiresAt: string;
        };
        LinkedDevice: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            linkedAt: string;
            /**
             * Format: date-time
             * @description When somebody else said that the device is theirs
             */
            endedAt: string | null;
        };
        LocalizedText: {
            /** @example 隐私政策 */
            "zh-CN": string;
            /** @example Privacy policy */
            en: string;
        };
        LocalizedWords: {
            "zh-CN": components["schemas"]["WordRunDto"][];
            en: components["schemas"]["WordRunDto"][];
        };
        LookAtEventsRequest: {
            /** @default 25 */
            limit: number;
            /** @description nextCursor of the page before */
            cursor?: string;
            /**
             * @description Why they are looked at; kept with the evidence
             * @example Request 2026-0142
             */
            reason: string;
            /** @description Only these */
            categories?: string[];
            service?: string;
            /**
             * Format: date-time
             * @description Occurred then or later
             */
            from?: string;
            /**
             * Format: date-time
             * @description Occurred before
             */
            to?: string;
        };
        MakePublicRequest: {
            /**
             * @example access
             * @enum {string}
             */
            type: "access" | "portability" | "deletion" | "restriction" | "accountClosure" | "explanation" | "inquiry" | "complaint";
            /** @description My own; a code goes there */
            identifier: components["schemas"]["AddressBody"];
            name?: string;
            /** @description To somebody who died, where it is about their data */
            relation?: string;
            attachmentIds?: string[];
            /** @description In my own words */
            text?: string;
        };
        MakeRequest: {
            /**
             * @example access
             * @enum {string}
             */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @description Kinds of data it is about; left out: everything held */
            categories?: string[];
            /** @description In my own words */
            text?: string;
            corrections?: components["schemas"]["CorrectionRequest"][];
            /** @description Of an objection: to which purpose */
            purpose?: string;
            /** @description Of a transfer: to whom */
            target?: string;
            /** @description Files of mine that it rests on */
            attachmentIds?: string[];
            /** @description My password beside the code. Without it an account is closed once two colleagues agree; for an enterprise, deleting data or closing the account needs it, unless evidence is attached */
            secondProof?: components["schemas"]["SecondProof"];
        };
        MandateList: {
            items: components["schemas"]["MandateResponse"][];
        };
        MandateResponse: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            enterpriseId: string;
            /** @description Of the enterprise */
            enterprise: string;
            /** @description Of the person, masked */
            name: string;
            /** @enum {string} */
            role: "contact" | "member";
            /**
             * @description named: not confirmed yet, and nothing can be done by it; lapsed: nobody confirmed it within a month
             * @enum {string}
             */
            state: "named" | "lapsed" | "acting" | "expired" | "ended";
            /** @description Of a member; the contact person may do everything */
            acts: ("askAccess" | "askCorrection" | "readNotices" | "readConsents")[];
            /** Format: date-time */
            namedAt: string;
            /** Format: date-time */
            confirmedAt: string | null;
            /**
             * Format: date-time
             * @description Of a member
             */
            expiresAt: string | null;
        };
        ManualEvidence: {
            /** @description What was done, where, and what shows it: kept sealed */
            text: string;
            attachmentIds?: string[];
        };
        MaskedGuardian: {
            /**
             * @description Masked; empty when no name was given
             * @example 林**
             */
            displayName: string;
            /** @enum {string} */
            type: "phone" | "email";
            /** @example +86100****1234 */
            masked: string;
        };
        MaskedIdentifier: {
            /** @enum {string} */
            type: "phone" | "email";
            /** @example +86100****1234 */
            masked: string;
            /** Format: date-time */
            confirmedAt: string | null;
        };
        Me: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "person" | "enterprise" | "device";
            /**
             * @description pendingGuardian: under the age of guardian consent, and no guardian who is known to be an adult
             * @enum {string}
             */
            status: "active" | "pendingGuardian" | "deceased" | "closed";
            /** @enum {string} */
            minor: "adult" | "under18" | "under14" | "unknown";
            /** @enum {string} */
            locale: "zh-CN" | "en";
            /** Format: date-time */
            registeredAt: string;
            identifiers: components["schemas"]["MyIdentifier"][];
            profile: components["schemas"]["MyProfile"];
            devices: components["schemas"]["LinkedDevice"][];
            /**
             * Format: uuid
             * @description Of an enterprise: its contact person, once they have confirmed it
             */
            contactPersonId?: string;
        };
        MessagesQuery: {
            /** @description The phone number or e-mail address it was sent to */
            to: string;
        };
        MinorLookResponse: {
            /** @description Whether a colleague has to agree first */
            isClosed: boolean;
            /**
             * Format: date-time
             * @description A colleague agreed until then
             */
            openUntil: string | null;
            /** @description What was asked and nobody has decided on */
            waiting: components["schemas"]["PendingChangeResponse"] | null;
        };
        MissingConditionDto: {
            /**
             * @description What is missing
             * @example leadTime
             */
            code: string;
            message: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            until?: string;
        };
        MyIdentifier: {
            /** @enum {string} */
            type: "phone" | "email";
            value: string;
            /** Format: date-time */
            confirmedAt: string | null;
        };
        MyProfile: {
            name?: string;
            idNumber?: string;
            /** Format: date */
            birthDate?: string;
            language?: string;
            biometricReference?: string;
            federatedAccount?: string;
            contactMethod?: string;
        };
        NameContact: {
            /** @example Zhou Tinglan */
            name: string;
            /** @description Their own; they are told there and confirm it by a code */
            identifier: components["schemas"]["IdentifierBody"];
            /** @description The current password of whoever is signed in; without one, sign in at most five minutes before */
            password?: string;
        };
        NameMember: {
            /** @example Zhou Tinglan */
            name: string;
            /** @description Their own; they are told there and confirm it by a code */
            identifier: components["schemas"]["IdentifierBody"];
            /** @description The current password of whoever is signed in; without one, sign in at most five minutes before */
            password?: string;
            /** @description What they may do for the enterprise */
            acts: ("askAccess" | "askCorrection" | "readNotices" | "readConsents")[];
            /** @description It expires by itself */
            expiresInDays: number;
        };
        NamedPurposeDto: {
            /** @example service.provision */
            code: string;
            /** @description Null where it is not registered any more */
            name: components["schemas"]["LocalizedText"] | null;
        };
        NewCategory: {
            /** @example vehicle.plate */
            code: string;
            name: components["schemas"]["LocalizedText"];
            /** @description Needs separate consent where the profile demands it */
            sensitive: boolean;
            /** @description Collected only while positioning is on */
            location?: boolean;
            /** @description What an event of this category may hold, beside what the product knows of it; null: nothing more */
            eventFields?: components["schemas"]["EventFieldsDto"] | null;
        };
        NewPurpose: {
            /** @example loyalty.points */
            code: string;
            name: components["schemas"]["LocalizedText"];
            /** @description Refused under Global Privacy Control */
            coveredByGpc?: boolean;
        };
        NewRecipient: {
            /** @example map-provider */
            slug: string;
            /** @enum {string} */
            kind: "affiliate" | "processor" | "partner" | "auditor" | "authority" | "acquirer";
            name: components["schemas"]["LocalizedText"];
            /** @example CN */
            region: string;
            contact?: string | null;
            purpose?: components["schemas"]["LocalizedText"] | null;
            /**
             * Format: date
             * @description Last day of the contract; null where none is needed
             */
            contractUntil?: string | null;
        };
        NewService: {
            /** @example ticketing */
            code: string;
            name: components["schemas"]["LocalizedText"];
            purpose?: components["schemas"]["LocalizedText"] | null;
            locationBased?: boolean;
        };
        NewThirdPartyService: {
            /** @example blue-pass */
            slug: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: uri */
            policyLink: string;
            /** @enum {string} */
            use: "signIn" | "shareButton" | "advertising" | "link";
            purpose?: components["schemas"]["LocalizedText"] | null;
        };
        NextStatesDto: {
            /** @enum {string} */
            granted: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @enum {string} */
            partlyGranted: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @enum {string} */
            refused: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
        };
        NotedDeathResponse: {
            /** Format: date-time */
            notedAt: string;
            /** @description What the person arranged while alive that relatives may not ask */
            relativesMayNot: ("access" | "correction" | "deletion")[];
            /** @description Requests of relatives that taking the note back takes back */
            open: number;
            /** @description Those that were answered, which stays so */
            answered: number;
            /** @description Packages of relatives that it destroys */
            packages: number;
        };
        NoticePreview: {
            title: components["schemas"]["LocalizedText"];
            body: components["schemas"]["LocalizedText"];
            link: string;
            /** @description Used in any case */
            channels: ("inApp" | "email" | "sms" | "webPush" | "website")[];
            /**
             * @description Of each list one is enough for each subject, the preferred first
             * @example [
             *       [
             *         "email",
             *         "sms"
             *       ]
             *     ]
             */
            anyOf: ("inApp" | "email" | "sms" | "webPush" | "website")[][];
        };
        NoticeResponse: {
            /** Format: uuid */
            id: string;
            /** @example Our privacy policy changes on 8 December */
            title: string;
            /** @example Location is kept for 90 instead of 30 days. */
            summary: string;
            /** Format: date-time */
            publishedAt: string;
            /** @example /policies/general-privacy/2/changes?from=1 */
            link: string;
            /** @enum {string} */
            kind: "policyChange";
            /** @example general-privacy */
            policySlug: string;
            /** @example 2 */
            revisionNumber: number;
            /** @enum {string} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            /**
             * Format: date-time
             * @description When the revision is to take effect
             */
            effectiveAt: string;
        };
        ObjectionDto: {
            purpose: string;
            /** @description Null where it is not registered any more */
            name: components["schemas"]["LocalizedText"] | null;
            /** Format: date-time */
            since: string;
            /** @description The number of the request that it was upheld by */
            ground: string;
        };
        OpenAcceptanceDto: {
            /** Format: uuid */
            revisionId: string;
            policySlug: string;
            number: number;
            /** @description Continuing to use the service will accept it */
            byUse: boolean;
        };
        OpenLink: {
            /** @description What stands behind # in the link */
            token: string;
        };
        OpenOnBehalf: {
            /**
             * Format: uuid
             * @description Who asks, by their account; or else `identifier`
             */
            subjectId?: string;
            /** @description Who asks without an account, or names none: a code goes there. In place of `subjectId` */
            identifier?: components["schemas"]["AddressBody"];
            /** @description Beside `identifier`: what they call themselves */
            name?: string;
            /**
             * @description Beside `identifier`: in which language they are written to
             * @enum {string}
             */
            locale?: "zh-CN" | "en";
            /**
             * @example access
             * @enum {string}
             */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @enum {string} */
            channel: "telephone" | "letter" | "counter";
            evidence: components["schemas"]["EvidenceBody"];
            /** @description Why I record it for them; they read it */
            reason: string;
            /** @description Left out: everything held */
            categories?: string[];
            /** @description In their words */
            text?: string;
            corrections?: components["schemas"]["CorrectionRequest"][];
            /** @description Of an objection: to which purpose */
            purpose?: string;
            /** @description Of a transfer: to whom */
            target?: string;
        };
        OpenRevisionDto: {
            /** Format: uuid */
            id: string;
            title: components["schemas"]["LocalizedText"];
            number: number;
            /** @enum {string} */
            state: "draft" | "inReview" | "approved" | "scheduled" | "effective" | "superseded" | "withdrawn";
            /** @enum {string|null} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            effectiveAt: string | null;
            /**
             * @description What it waits for, when it is mine to do
             * @enum {string|null}
             */
            nextAct: "submission" | "approval" | "schedule" | null;
            /** @description What taking effect waits for, once scheduled */
            missing: components["schemas"]["MissingConditionDto"][];
        };
        OpenedOnBehalf: {
            /**
             * Format: uuid
             * @description Of it, or of the earlier one of its kind that it was joined to
             */
            id: string;
            /**
             * @description Null where it begins once the person has proven their address
             * @example 261130-7K3M9QA
             */
            number: string | null;
            /** @description To `identifier`; the same whether or not anybody here has the address */
            verification: components["schemas"]["CodeOnItsWay"] | null;
        };
        OperatorChangeResponse: {
            /** Format: uuid */
            id: string;
            /** @example clientCreation */
            kind: string;
            /** @enum {string} */
            state: "waiting" | "confirmed" | "rejected" | "expired";
            object: components["schemas"]["ChangedObject"];
            /** @description How it is to be; never a secret */
            proposed: {
                [key: string]: unknown;
            };
            /** @description What it would open, a sentence each */
            opens: components["schemas"]["LocalizedText"][];
            /** @description How many more it would open than are listed */
            opensMore: number;
            proposedBy: components["schemas"]["DecidingOperator"];
            /** Format: date-time */
            proposedAt: string;
            /**
             * Format: date-time
             * @description Seven days after the proposal
             */
            expiresAt: string;
            decidedBy: components["schemas"]["DecidingOperator"] | null;
            /** Format: date-time */
            decidedAt: string | null;
            /** @description Given with the decision */
            reason: string | null;
            /** @description Whether the operator who asks may confirm it */
            mayConfirm: boolean;
            /** @description As they are now; null for one who is yet to be added */
            operator: components["schemas"]["OperatorResponse"] | null;
        };
        OperatorMandateList: {
            items: components["schemas"]["OperatorMandateResponse"][];
        };
        OperatorMandateResponse: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            enterpriseId: string;
            /** @description Of the enterprise */
            enterprise: string;
            /** @description Of the person, masked */
            name: string;
            /** @enum {string} */
            role: "contact" | "member";
            /**
             * @description named: not confirmed yet, and nothing can be done by it; lapsed: nobody confirmed it within a month
             * @enum {string}
             */
            state: "named" | "lapsed" | "acting" | "expired" | "ended";
            /** @description Of a member; the contact person may do everything */
            acts: ("askAccess" | "askCorrection" | "readNotices" | "readConsents")[];
            /** Format: date-time */
            namedAt: string;
            /** Format: date-time */
            confirmedAt: string | null;
            /**
             * Format: date-time
             * @description Of a member
             */
            expiresAt: string | null;
            /** Format: uuid */
            personId: string;
            /** Format: date-time */
            endedAt: string | null;
            /** @enum {string|null} */
            endReason: "replaced" | "ended" | "left" | "endedByOperator" | null;
        };
        OperatorRequestResponse: {
            /** Format: uuid */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
            /** @enum {string} */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @enum {string} */
            state: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @description Empty: everything held */
            categories: string[];
            /** @description Whether it is about what is held, and so without categories about everything */
            isAboutHeldData: boolean;
            /** Format: date-time */
            openedAt: string;
            /**
             * Format: date-time
             * @description Null while the person owes an answer, and once it is over
             */
            dueAt: string | null;
            /** @description Whole days until it is due; negative: overdue */
            daysLeft: number | null;
            /** @description The article, or the clause that promises the time */
            article: string;
            /** @enum {string|null} */
            outcome: "granted" | "partlyGranted" | "refused" | null;
            /** Format: date-time */
            closedAt: string | null;
            /** @description Whether a guardian asks for whom it is about */
            askedByGuardian: boolean;
            /** @enum {string} */
            channel: "app" | "web" | "telephone" | "letter" | "counter";
            /** @description In the person’s words */
            text: string | null;
            corrections: components["schemas"]["WantedCorrectionDto"][];
            purpose: string | null;
            target: string | null;
            /** @description Of feedback: the service that it is about */
            service: string | null;
            /** Format: date-time */
            verifiedAt: string | null;
            clock: components["schemas"]["RequestClockDto"];
            decisions: components["schemas"]["DecisionDto"][];
            /** @description What the person was answered */
            answer: string | null;
            /** Format: date-time */
            waitingUntil: string | null;
            /** @description Of every round, the last one first */
            holders: components["schemas"]["HolderProgressDto"][];
            /** @description What was asked to be seen */
            package?: components["schemas"]["PackageDto"];
            /** @description The newest of what happened, the oldest of them first */
            timeline: components["schemas"]["RequestStepDto"][];
            /** @description What people call each kind of data, purpose and holder outside that is named here, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            /** @description For whoever asked: the files that they sent with it */
            files?: string[];
            /** @description Who asked for an enterprise or a ward, or about somebody who died */
            asker?: components["schemas"]["AskerDto"];
            /** @description While a code is on its way */
            verification?: components["schemas"]["RequestVerification"];
            /**
             * Format: uuid
             * @description Whom it is about
             */
            subjectId: string;
            /**
             * @description In which the person is answered
             * @enum {string}
             */
            locale: "zh-CN" | "en";
            /** Format: uuid */
            assigneeId: string | null;
            /** @description Who answers it, by name */
            assignee: string | null;
            /** @description Whom it is about, masked; null where no name is kept */
            personName: string | null;
            /** @description Whether it is decided anew */
            isAppeal: boolean;
            /** @description The earlier one of its kind that took it in */
            joinedTo: components["schemas"]["JoinedToDto"] | null;
            /** @description Null where the deadline cannot be extended now */
            extension: components["schemas"]["PossibleExtensionDto"] | null;
            /** @description How they came in who made it with help, and what they showed */
            evidence: string | null;
            /** @description Whether it is about an enterprise */
            isEnterprise: boolean;
            /**
             * Format: uuid
             * @description Who asked for an enterprise or a ward
             */
            askerId: string | null;
            /** @description Whom a guardian asks for, masked */
            wardName: string | null;
            /**
             * Format: uuid
             * @description Of a near relative’s: the request as they made it, with their evidence
             */
            linkedFrom: string | null;
            /** @description Who asked without signing in */
            requester: components["schemas"]["RequesterDto"] | null;
            /** @description What it rests on */
            attachments: components["schemas"]["RequestAttachmentDto"][];
            /** @description Of a minor: what anybody wrote is left out until a colleague lets whoever asks look at it */
            isWithheld: boolean;
            /** @description What holders leave to a person, and to whom */
            tasks: components["schemas"]["LeftTaskDto"][];
            /** @description Whether an account is to be closed on one proof alone, so that granting it takes a second operator */
            lacksSecondProof: boolean;
            /** @description Whether the operator who asks may decide it, and sees what they would decide on */
            mayDecide: boolean;
            deciding: components["schemas"]["DecisionOptionsDto"];
            /** @description Whether it was answered by its deadline; null before it is answered */
            isInTime: boolean | null;
        };
        OperatorResponse: {
            /** Format: uuid */
            id: string;
            /** @example li.na@abide.example */
            email: string;
            /** @example Li Na */
            name: string;
            roles: ("administrator" | "policyEditor" | "policyApprover" | "supportAgent" | "privacyOfficer" | "auditor")[];
            permissions: ("overview.read" | "policy.read" | "policy.edit" | "policy.submit" | "policy.approve" | "policy.schedule" | "policy.withdraw" | "registry.read" | "registry.edit" | "campaign.read" | "outreach.send" | "consent.remind" | "delivery.read" | "delivery.replay" | "subject.read" | "subject.reveal" | "subject.revealMinor" | "subject.revealSensitive" | "subject.approveMinorLook" | "consent.record" | "guardian.decide" | "audit.read" | "operator.read" | "operator.manage" | "change.decide" | "client.read" | "client.manage" | "request.read" | "request.answer" | "request.decide" | "request.decideAny" | "hold.read" | "hold.write" | "request.readSettings" | "request.configure" | "holder.read" | "holder.manage")[];
            /** @enum {string} */
            locale: "zh-CN" | "en";
            active: boolean;
            /** @description Shut out by one person alone; a second one has yet to confirm it */
            suspended: boolean;
            /** @description Has not chosen a password yet */
            invited: boolean;
            /** @description A second factor is enrolled */
            secondFactor: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        OperatorSessionResponse: {
            operator: components["schemas"]["OperatorResponse"];
            /** @description Send it as X-Abide-Csrf with everything but GET */
            csrfToken: string;
            /**
             * Format: date-time
             * @description When it ends if nothing more is done
             */
            expiresAt: string;
            /** Format: date-time */
            absoluteExpiresAt: string;
            /** Format: date-time */
            stepUpUntil: string | null;
            /** @description A second factor must be enrolled before anything else; until then the session holds no permission */
            factorRequired: boolean;
        };
        OperatorSettings: {
            /** @description A mail once a day where something waits for them */
            digest: boolean;
        };
        OutreachResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "survey" | "marketing";
            /** @enum {string} */
            channel: "email" | "sms";
            title: components["schemas"]["LocalizedText"];
            text: components["schemas"]["LocalizedText"];
            link: string | null;
            /** @enum {string} */
            state: "running" | "completed" | "cancelled";
            /** @description Active subjects looked at so far */
            audience: number;
            /** @description Whom a send check refused when they were looked at */
            notAllowed: number;
            /** @description Who has no working address on the channel */
            unreachable: number;
            /** @description Messages waiting */
            queued: number;
            /** @description Messages handed over */
            sent: number;
            /** @description Messages that were not sent after all: withdrawn, refused at the moment of sending, or cancelled */
            dropped: number;
            /** @description Messages that no try could hand over */
            failed: number;
            /**
             * Format: uuid
             * @description The operator who sent it
             */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
        };
        OutreachText: {
            /** @example 请用两分钟回答三个问题。 */
            "zh-CN": string;
            /** @example Three questions, two minutes. */
            en: string;
        };
        OutreachTitle: {
            /** @example 购票体验调查 */
            "zh-CN": string;
            /** @example How was buying your ticket? */
            en: string;
        };
        OutsideHolderResponse: {
            /** Format: uuid */
            id: string;
            /** @example ticketing */
            code: string;
            name: components["schemas"]["LocalizedText"];
            /**
             * @description person: nobody but people answers
             * @enum {string}
             */
            kind: "service" | "database" | "person";
            /** @description Where it answers docs/holder-protocol.yaml; of a database without who connects; empty where people answer */
            baseUrl: string;
            /** @description The networks that its addresses have to lie in, such as 10.0.0.0/8; none: public addresses only */
            networks: string[];
            categories: string[];
            /** @description Where people answer */
            answeredBy: components["schemas"]["AnsweredByDto"] | null;
            /** @enum {string} */
            state: "active" | "suspended" | "removed";
            /**
             * @description unknown: it was never asked
             * @enum {string}
             */
            health: "unknown" | "answering" | "failing";
            /** Format: date-time */
            lastAskedAt: string | null;
            /**
             * Format: date-time
             * @description When an answer of its counted
             */
            lastAnsweredAt: string | null;
            /** Format: date-time */
            failingSince: string | null;
            /** @enum {string|null} */
            lastFailure: "addressForbidden" | "hostUnknown" | "unreachable" | "timedOut" | "answerTooLarge" | "redirected" | "gone" | "refused" | "badSignature" | "badAnswer" | "incomplete" | "noCallback" | "schemaChanged" | "notPermitted" | "unfit" | "tooManyRows" | "suspended" | null;
            /** @description What requests wait for */
            waiting: number;
            /** @description What was given up until somebody begins it anew */
            dead: number;
            /** @description Whether a secret waits to be shown to whoever proposed it */
            secretDue: boolean;
            /**
             * Format: date-time
             * @description Of a secret that was replaced: until when it counts beside the new one
             */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        OutsideHoldersResponse: {
            items: components["schemas"]["OutsideHolderResponse"][];
        };
        OverviewFragmentResponse: {
            /** @example revisions */
            name: string;
            /** @description Waits for an act of the operator who asks */
            mine: (components["schemas"]["PendingChangeResponse"] | components["schemas"]["OpenRevisionDto"] | components["schemas"]["CampaignResponse"] | components["schemas"]["RequestFigureResponse"] | components["schemas"]["OutsideHolderResponse"])[];
            /** @description Waits for somebody else */
            others: (components["schemas"]["PendingChangeResponse"] | components["schemas"]["OpenRevisionDto"] | components["schemas"]["CampaignResponse"] | components["schemas"]["RequestFigureResponse"] | components["schemas"]["OutsideHolderResponse"])[];
            /** @description Waits for nobody */
            standing: (components["schemas"]["PendingChangeResponse"] | components["schemas"]["OpenRevisionDto"] | components["schemas"]["CampaignResponse"] | components["schemas"]["RequestFigureResponse"] | components["schemas"]["OutsideHolderResponse"])[];
        };
        OverviewResponse: {
            /** @description Of what the operator may see */
            fragments: components["schemas"]["OverviewFragmentResponse"][];
            /** @description The fragments that could not be read now */
            missing: string[];
        };
        OwnAcceptances: {
            items: components["schemas"]["AcceptanceDto"][];
            nextCursor: string | null;
            open: components["schemas"]["OpenAcceptanceDto"][];
        };
        OwnConsentDto: {
            purpose: string;
            name: components["schemas"]["LocalizedText"];
            /** @enum {string} */
            state: "granted" | "partly" | "stale" | "expired" | "withdrawn" | "none";
            /**
             * Format: date-time
             * @description Since when it is granted
             */
            since: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: uuid */
            consentEventId: string | null;
            /** @description What it is about */
            categories: string[];
            clauses: components["schemas"]["ClauseReference"][];
            /** @description What has to be named by itself: sensitive data, other handlers, going abroad */
            separately: components["schemas"]["SeparateChoiceDto"][];
            /** @description Refused because of Global Privacy Control, unless consented to later */
            stoppedByGpc: boolean;
            /** @description A question for it may be shown now */
            mayAsk: boolean;
            /**
             * Format: date-time
             * @description When it may be asked for again, where that is later
             */
            askAgainAt: string | null;
        };
        OwnConsents: {
            items: components["schemas"]["OwnConsentDto"][];
            /** @description What I objected to; `DELETE /me/objections/{purpose}` takes it back */
            objections: components["schemas"]["ObjectionDto"][];
            nextCursor: string | null;
            /**
             * Format: date-time
             * @description When this was so, by the server: what a decision that is sent later has to be dated by
             */
            at: string;
        };
        OwnHoldResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            ground: "litigation" | "courtOrder" | "investigation" | "supervision" | "incident";
            /** @description The law or order that it rests on */
            article: string;
            /** @description Empty: everything */
            categories: string[];
            /**
             * Format: date-time
             * @description Only what was collected from then on
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Only what was collected before
             */
            to: string | null;
            /**
             * Format: date-time
             * @description From then on it holds nothing
             */
            until: string;
            /** @enum {string} */
            state: "inForce" | "expired" | "lifted";
            /** Format: date-time */
            placedAt: string;
            /** Format: date-time */
            liftedAt: string | null;
        };
        OwnSession: {
            /** Format: uuid */
            id: string;
            current: boolean;
            /** @example 203.0.113.7 */
            address: string;
            userAgent: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        OwnSessions: {
            items: components["schemas"]["OwnSession"][];
            nextCursor: string | null;
        };
        PackageDto: {
            /**
             * Format: date-time
             * @description It is destroyed then
             */
            expiresAt: string;
            /** @description How often it was fetched */
            downloads: number;
            formats: ("html" | "json" | "csv")[];
        };
        PendingChangeAnswer: {
            change: components["schemas"]["PendingChangeResponse"];
        };
        PendingChangeResponse: {
            /** Format: uuid */
            id: string;
            /** @example clientCreation */
            kind: string;
            /** @enum {string} */
            state: "waiting" | "confirmed" | "rejected" | "expired";
            object: components["schemas"]["ChangedObject"];
            /** @description How it is to be; never a secret */
            proposed: {
                [key: string]: unknown;
            };
            /** @description What it would open, a sentence each */
            opens: components["schemas"]["LocalizedText"][];
            /** @description How many more it would open than are listed */
            opensMore: number;
            proposedBy: components["schemas"]["DecidingOperator"];
            /** Format: date-time */
            proposedAt: string;
            /**
             * Format: date-time
             * @description Seven days after the proposal
             */
            expiresAt: string;
            decidedBy: components["schemas"]["DecidingOperator"] | null;
            /** Format: date-time */
            decidedAt: string | null;
            /** @description Given with the decision */
            reason: string | null;
            /** @description Whether the operator who asks may confirm it */
            mayConfirm: boolean;
        };
        PersonRef: {
            id: string;
            name?: string;
        };
        PlaceHold: {
            /**
             * Format: uuid
             * @description Whose data
             */
            subjectId: string;
            /** @enum {string} */
            ground: "litigation" | "courtOrder" | "investigation" | "supervision" | "incident";
            /** @description The law or order that it rests on */
            article: string;
            /** @description Left out or empty: everything */
            categories?: string[];
            /**
             * Format: date-time
             * @description Only what was collected at or after this instant
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only what was collected before this instant
             */
            to?: string;
            /**
             * Format: date-time
             * @description From then on it holds nothing; within ten years
             */
            until: string;
            /** @description The law that forbids telling the person; left out: they see it */
            barredArticle?: string;
            /** @description Kept sealed */
            notes?: string;
            /** @description What it rests on, uploaded before */
            attachmentIds?: string[];
        };
        PolicyCheckDto: {
            valid: boolean;
            problems: components["schemas"]["PolicyProblemDto"][];
        };
        PolicyProblemDto: {
            /** @example clauses[3].terms[0].categories[1] */
            path: string;
            /** @description The same as path */
            pointer: string;
            /** @example policy.unknownCategory */
            code: string;
            /** @description In the language asked for */
            message: string;
            /** @enum {string} */
            severity: "error" | "warning";
            /** @description Line in the text sent */
            line?: number;
        };
        PolicySummary: {
            /** Format: uuid */
            id: string;
            slug: string;
            /** @enum {string} */
            kind: "general" | "service" | "agreement";
            service: string | null;
            title: components["schemas"]["LocalizedText"];
            inForce: components["schemas"]["RevisionSummary"] | null;
            scheduled: components["schemas"]["RevisionSummary"] | null;
            /** @description What is being prepared: draft, inReview or approved */
            open: components["schemas"]["RevisionSummary"] | null;
            revisionCount: number;
        };
        PolicyTestCaseDto: {
            name: string;
            passed: boolean;
            /**
             * @description What the case says the decision must be
             * @example {
             *       "allowed": true
             *     }
             */
            expected: {
                [key: string]: unknown;
            };
            /**
             * @description The decision that came
             * @example {
             *       "allowed": false,
             *       "code": "consent.missing"
             *     }
             */
            actual: {
                [key: string]: unknown;
            };
            /** @description What is wrong with the case itself, which was not decided then */
            problems: components["schemas"]["PolicyProblemDto"][];
        };
        PolicyTestRunDto: {
            passed: number;
            /** @description All of them when the text does not compile */
            failed: number;
            cases: components["schemas"]["PolicyTestCaseDto"][];
            /**
             * Format: uuid
             * @description The revision that they were run on
             */
            revisionId: string;
            number: number;
            /** @description The hash of the text that they were run on */
            contentHash: string;
            /** @description Why the text does not compile; no case is run then */
            problems: components["schemas"]["PolicyProblemDto"][];
        };
        PolicyTestsDto: {
            /** @description The tests as YAML or JSON, as they were written */
            content: string;
            /** @description SHA-256 of the content, in hex; also its ETag */
            contentHash: string;
            /** @description What to send in If-Match */
            etag: string;
            /** Format: date-time */
            updatedAt: string;
            updatedBy: components["schemas"]["PersonRef"];
        };
        PositionDto: {
            /** Format: uuid */
            fixId: string;
            /** Format: date-time */
            occurredAt: string;
            /** @enum {string} */
            source: "gps" | "wifi";
            /** @example ticketing */
            service: string;
            /**
             * @description How exactly it is told: as exactly as the purpose may have it and as it was kept
             * @example exact
             */
            precision: "exact" | {
                h3: number;
            };
            /** @example 30.2489 */
            latitude?: number;
            /** @example 120.2052 */
            longitude?: number;
            /** @example 12 */
            accuracyMetres?: number;
            /**
             * @description The H3 cell, where no coordinates are told
             * @example 873096a6effffff
             */
            cell?: string;
        };
        PositioningRequest: {
            /** @description Whether location may be collected at all */
            on: boolean;
        };
        PositioningResponse: {
            on: boolean;
            /** Format: date-time */
            changedAt: string | null;
        };
        PositioningTurnDto: {
            on: boolean;
            /** Format: date-time */
            at: string;
        };
        PossibleExtensionDto: {
            /**
             * Format: date-time
             * @description Until when; null while the person owes an answer
             */
            dueAt: string | null;
            /** @description Where it is provided */
            article: string;
        };
        PreferencesRequest: {
            /** @description false: what my browser signals does not speak for me */
            globalPrivacyControl: boolean;
        };
        PreferencesResponse: {
            globalPrivacyControl: boolean;
            /**
             * Format: date-time
             * @description Since when it stands
             */
            since: string | null;
            /** @description I said that the signal does not speak for me */
            cleared: boolean;
        };
        PreviewReminder: {
            purpose: string;
            /**
             * @description `stale`: what was consented to has changed since
             * @enum {string}
             */
            state: "stale" | "expired";
        };
        Problem: {
            /** @example about:blank */
            type: string;
            /** @example Conflict */
            title: string;
            /** @example 409 */
            status: number;
            /**
             * @description Stable; for machines.
             * @example policy.content_changed
             */
            code: string;
            /** @description What happened, what was kept, what to do; for people. */
            detail?: string;
            /** @example 0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3 */
            correlationId: string;
            errors?: components["schemas"]["ProblemField"][];
        };
        ProblemField: {
            /** @example /identifier/value */
            pointer: string;
            /** @example isEmail */
            code: string;
            message: string;
        };
        ProfileBody: {
            /** @example Lin Xiaohe */
            name?: string;
            idNumber?: string;
            /** @example zh-CN */
            language?: string;
            /** @description Where the template is kept; never the template */
            biometricReference?: string;
            federatedAccount?: string;
            /** @description Of an enterprise */
            contactMethod?: string;
            /** @description Of an enterprise: a person with rights of their own */
            contactPerson?: components["schemas"]["ContactPersonBody"];
        };
        ProfileDto: {
            /** @example cn-pipl */
            code: string;
            version: number;
            name: components["schemas"]["LocalizedText"];
            /** @description Policies are compiled and deadlines computed with this one */
            default: boolean;
            /** @description Each number with the article it comes from */
            rules: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            createdAt: string;
        };
        PromptRequest: {
            purpose: string;
            /** @description The subject opened the question themselves */
            startedBySubject?: boolean;
        };
        PromptResponse: {
            purpose: string;
            /** Format: date-time */
            shownAt: string;
        };
        ProposedFactor: {
            /** @description Base32, for typing */
            secret: string;
            /**
             * @description For a QR code
             * @example otpauth://totp/Abide:admin@abide.example?secret=…
             */
            otpauthUrl: string;
        };
        ProposedGuardian: {
            /** Format: uuid */
            guardianshipId: string;
            guardian: components["schemas"]["MaskedGuardian"] | null;
            /** Format: date-time */
            requestedAt: string;
        };
        ProvePublicRequest: {
            code: string;
        };
        ProveRequest: {
            code: string;
        };
        PublicClause: {
            /** @description Stable across revisions */
            id: string;
            number: number;
            heading: components["schemas"]["LocalizedText"];
            /** @description Markdown */
            body: components["schemas"]["LocalizedText"];
            terms: ({
                /** @enum {string} */
                type: "collection" | "use" | "crossServiceUse" | "sharing" | "retention" | "right" | "protection" | "minors" | "change" | "exclusion";
                sentence: components["schemas"]["LocalizedText"];
            } & {
                [key: string]: unknown;
            })[];
            /** @description Clauses of the general policy that it replaces for its service */
            replaces: components["schemas"]["PublicClauseRef"][];
            /** @description Clauses of service policies that replace it for their service */
            replacedBy: components["schemas"]["PublicClauseRef"][];
        };
        PublicClauseRef: {
            policy: string;
            clauseId: string;
            number: number;
            heading: components["schemas"]["LocalizedText"];
            service: string;
        };
        PublicGlossaryEntry: {
            term: components["schemas"]["LocalizedText"];
            meaning: components["schemas"]["LocalizedText"];
            /** Format: uri */
            link?: string;
        };
        PublicPolicy: {
            slug: string;
            /** @enum {string} */
            kind: "general" | "service" | "agreement";
            /** @description The service that a service policy is for */
            service?: string;
            title: components["schemas"]["LocalizedText"];
            revision: components["schemas"]["PublicRevisionRef"];
            /** @description What has been announced */
            scheduled?: components["schemas"]["ScheduledRevisionRef"];
        };
        PublicPolicyText: {
            slug: string;
            /** @enum {string} */
            kind: "general" | "service" | "agreement";
            service?: string;
            title: components["schemas"]["LocalizedText"];
            contact: components["schemas"]["LocalizedText"] | null;
            revision: components["schemas"]["PublicRevision"];
            scheduled?: components["schemas"]["ScheduledRevisionRef"];
            /** @description Words explained, those of the user agreement included */
            glossary?: components["schemas"]["PublicGlossaryEntry"][];
            clauses: components["schemas"]["PublicClause"][];
        };
        PublicRequestAccepted: {
            /** Format: uuid */
            id: string;
            /** @description The same whether or not anybody here has the address */
            verification: components["schemas"]["PublicVerification"];
        };
        PublicRequestToken: {
            /** @description Bearer for this request alone, for a day */
            token: string;
        };
        PublicRevision: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: date-time */
            effectiveAt: string;
            /** @enum {string} */
            state: "scheduled" | "effective" | "superseded";
            /** @enum {string|null} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /** @description SHA-256 of the canonical text, in hex */
            contentHash: string;
            /** Format: date-time */
            supersededAt: string | null;
        };
        PublicRevisionRef: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: date-time */
            effectiveAt: string;
        };
        PublicVerification: {
            /** @example email */
            channel: string;
            /** Format: date-time */
            expiresAt: string;
        };
        PublishingCheckRequest: {
            /** @description Kinds of data that it contains */
            categories?: string[];
            /** @description It tells where it was made */
            hasPlace?: boolean;
            /** @description It tells when it was made */
            hasTime?: boolean;
            /** @description Faces can be seen in it */
            hasFaces?: boolean;
            /**
             * @description Who will see it: `self` is nobody else; every other word counts as others
             * @example public
             */
            audience: string;
        };
        PublishingCheckResponse: {
            warnings: components["schemas"]["PublishingWarningDto"][];
            /** @description Ask me before it is published: it may reveal something, and others will see it */
            ask: boolean;
        };
        PublishingWarningDto: {
            /** @enum {string} */
            code: "place" | "time" | "faces" | "sensitive" | "minor";
            /** @example content.metadata */
            category: string;
            /** @description In the language asked for */
            text: string;
        };
        PurposeChanges: {
            name?: components["schemas"]["LocalizedText"];
            coveredByGpc?: boolean;
        };
        PurposeDto: {
            /**
             * Format: uuid
             * @description For other systems; clauses cite the code
             */
            id: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            code: string;
            coveredByGpc: boolean;
            /** @description Comes with the product */
            seed: boolean;
        };
        PurposeLineageDto: {
            purpose: string;
            policy: string;
            revision: number;
            clauseId: string;
            /** @enum {string} */
            basis: "contract" | "consent" | "separateConsent" | "legalObligation" | "publicInterest" | "vitalInterest" | "legitimateInterest" | "publicised";
            /** Format: uuid */
            consentEventId: string | null;
            /**
             * @description How exactly this purpose may have it. `truncated`: of an IP address only the network part (/24 of IPv4, /48 of IPv6), of content metadata neither place nor time. `h3`: places at the cell of that resolution.
             * @example truncated
             */
            precision: ("exact" | "truncated") | {
                h3: number;
            };
        };
        PurposeRatesDto: {
            purpose: string;
            name: components["schemas"]["LocalizedText"];
            /** @description At the end of each day; today so far */
            points: components["schemas"]["RatePoint"][];
        };
        QueuePart: {
            /** @enum {string} */
            state?: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @enum {string} */
            type?: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @description me, nobody, or the id of an operator */
            assignee?: string;
            /** @enum {string} */
            due?: "overdue" | "today" | "week";
            /** @enum {string} */
            only?: "second" | "unreachable" | "manual" | "appeals" | "officer";
        };
        QueuedRequestResponse: {
            /** Format: uuid */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
            /** @enum {string} */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @enum {string} */
            state: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @description Empty: everything held */
            categories: string[];
            /** @description Whether it is about what is held, and so without categories about everything */
            isAboutHeldData: boolean;
            /** Format: date-time */
            openedAt: string;
            /**
             * Format: date-time
             * @description Null while the person owes an answer, and once it is over
             */
            dueAt: string | null;
            /** @description Whole days until it is due; negative: overdue */
            daysLeft: number | null;
            /** @description The article, or the clause that promises the time */
            article: string;
            /** @enum {string|null} */
            outcome: "granted" | "partlyGranted" | "refused" | null;
            /** Format: date-time */
            closedAt: string | null;
            /** @description Whether a guardian asks for whom it is about */
            askedByGuardian: boolean;
            /** @description What people call each kind of data, purpose and holder outside that is named here, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description Whom it is about
             */
            subjectId: string;
            /** @description Who answers it, by name */
            assignee: string | null;
            /** @enum {string} */
            channel: "app" | "web" | "telephone" | "letter" | "counter";
            /** @description Whom it is about, masked; null where no name is kept */
            personName: string | null;
            /** @description Whether whom it is about has an account */
            hasAccount: boolean;
            /** @description Whether it is decided anew */
            isAppeal: boolean;
            /** @description Whether it was taken into an earlier one of its kind */
            isJoined: boolean;
            /** @description Whether it is about an enterprise */
            isEnterprise: boolean;
            /** @description Who asked for it */
            asker?: components["schemas"]["AskerDto"];
            /** @description Whom a guardian asks for, masked */
            wardName: string | null;
        };
        RatePoint: {
            /** Format: date */
            day: string;
            /** @description Subjects whose grant stands */
            granted: number;
            /** @description Subjects whose withdrawal stands */
            withdrawn: number;
            /** @description Active subjects */
            subjects: number;
        };
        ReasonSeriesDto: {
            /** @example consent.withdrawn */
            code: string;
            events: number;
            /** @description As many as `points`, in their order */
            perPoint: number[];
        };
        RecipientChanges: {
            /** @enum {string} */
            kind?: "affiliate" | "processor" | "partner" | "auditor" | "authority" | "acquirer";
            name?: components["schemas"]["LocalizedText"];
            region?: string;
            contact?: string | null;
            purpose?: components["schemas"]["LocalizedText"] | null;
            /** Format: date */
            contractUntil?: string | null;
            active?: boolean;
        };
        RecipientDto: {
            /**
             * Format: uuid
             * @description For other systems; clauses cite the code
             */
            id: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            slug: string;
            /** @enum {string} */
            kind: "affiliate" | "processor" | "partner" | "auditor" | "authority" | "acquirer";
            region: string;
            contact: string | null;
            purpose: components["schemas"]["LocalizedText"] | null;
            /** Format: date */
            contractUntil: string | null;
            active: boolean;
        };
        ReconsentDto: {
            policy: string;
            revision: number;
            /** Format: date-time */
            effectiveAt: string | null;
            purpose: string;
            name: components["schemas"]["LocalizedText"];
            /** @description Active subjects who have not consented to the change yet */
            stale: number;
            /** @description Active subjects who consented again */
            renewed: number;
            /**
             * Format: date-time
             * @description When everybody was last counted; null until then
             */
            asOf: string | null;
        };
        ReconsentResponse: {
            /** @description The newest revision first */
            items: components["schemas"]["ReconsentDto"][];
        };
        RecordConsentRequest: {
            /** @enum {string} */
            state: "granted" | "withdrawn";
            /** @description The categories it names; separate consent needs them named */
            categories?: string[];
            service?: string;
            /** @description The id or slug of the recipient it names */
            recipientId?: string;
            region?: string;
            /**
             * Format: uuid
             * @description The revision that was shown; the one in force when left out
             */
            revisionId?: string;
            clauseId?: string;
            /** @enum {string} */
            locale?: "zh-CN" | "en";
            /** @description SHA-256 of the words that were shown; of the clause when left out */
            wordingHash?: string;
            /** @example ios */
            channel?: string;
            /**
             * Format: date-time
             * @description When the subject said so, where it could not be sent at once
             */
            occurredAt?: string;
            /** @description What the subject decides on */
            purpose: string;
            /**
             * @description How the subject said so; sealed
             * @example Signed form of 3 March, scanned as document 4711.
             */
            evidence: string;
            /** @description Why it is recorded for them; kept with the evidence */
            reason: string;
            /**
             * Format: uuid
             * @description Of a child: the guardianship of the guardian whose word it is; a grant needs one
             */
            guardianshipId?: string;
        };
        RecoveryCodes: {
            /** @description Ten codes, each good once; shown only now */
            recoveryCodes: string[];
        };
        RefreshSession: {
            refreshToken: string;
        };
        RefusedItem: {
            /** @description Its place in the batch, from 0 */
            index: number;
            /**
             * @description A code of the gate, or of the checks before it
             * @example consent.withdrawn
             */
            code: string;
            /**
             * @description Where in the item its sender can mend it; with `event.malformed` always
             * @example /attributes/page
             */
            pointer?: string;
            /**
             * @description What is wrong there
             * @example must be string
             */
            reason?: string;
        };
        RefusedPositionUseDto: {
            /** @enum {string} */
            category: "location.gps" | "location.wifi";
            /** @description Where it was taken; null where there is nothing */
            service: string | null;
            /** @example consent.withdrawn */
            code: string;
            /** @description What to do instead */
            fallback: string | null;
        };
        RefusedUseDto: {
            category: string;
            /** @description Where it was collected; null where there is nothing */
            service: string | null;
            /** @example consent.withdrawn */
            code: string;
            /** @description What to do instead */
            fallback: string | null;
        };
        RegisterDatabaseHolder: {
            /**
             * @description Never given twice
             * @example signing
             */
            code: string;
            name: components["schemas"]["HolderName"];
            /**
             * @description Sealed, and never shown again; over TLS in production
             * @example postgres://abide:password@signing.internal:5432/signing?sslmode=require
             */
            url: string;
            /** @description The networks that its addresses have to lie in, such as 10.0.0.0/8; none: public addresses only */
            networks: string[];
            /** @description YAML, from `npx abide holder draft`, with every gap filled */
            manifest: string;
        };
        RegisterDevice: {
            acceptedRevisionIds: string[];
        };
        RegisterHolder: {
            /**
             * @description Never given twice
             * @example ticketing
             */
            code: string;
            name: components["schemas"]["HolderName"];
            /**
             * @description Where it answers docs/holder-protocol.yaml
             * @example https://ticketing.internal:8443/abide
             */
            baseUrl: string;
            /** @description The networks that its addresses have to lie in, such as 10.0.0.0/8; none: public addresses only */
            networks: string[];
            /** @description The kinds of data that it keeps */
            categories: string[];
        };
        RegisterPeople: {
            /**
             * @description Never given twice
             * @example paper-archive
             */
            code: string;
            name: components["schemas"]["HolderName"];
            /** @description The kinds of data that lie there */
            categories: string[];
            /** @description Who sees to what is asked: a role, or operators */
            answeredBy: components["schemas"]["AnsweredByDto"];
        };
        RegisterSubject: {
            /** @enum {string} */
            kind: "person" | "enterprise";
            identifier: components["schemas"]["IdentifierBody"];
            /** @description At least 8 characters; without one the subject signs in by code */
            password?: string;
            profile?: components["schemas"]["ProfileBody"];
            /**
             * Format: date
             * @example 1990-01-31
             */
            birthDate?: string;
            /** @description Needed under 14 */
            guardian?: components["schemas"]["GuardianBody"];
            /** @description The revisions of policies that are accepted */
            acceptedRevisionIds: string[];
        };
        RegisteredDevice: {
            /** Format: uuid */
            subjectId: string;
            /** @description Good for 400 days from now, or until it is ended; shown only now */
            token: string;
        };
        RegisteredSubject: {
            /** Format: uuid */
            subjectId: string;
            /** @enum {string} */
            status: "active" | "pendingGuardian";
            /** @description Under 14: the code that the guardian has been sent */
            guardianVerification?: components["schemas"]["VerificationFacts"];
            /**
             * Format: date-time
             * @description Under 14, once the guardian confirmed: until when they have to prove that they are an adult
             */
            guardianAgeUntil?: string;
            /** @description From 14 to 17 */
            advice?: components["schemas"]["GuardianAdvice"];
        };
        RegistrationFieldDto: {
            /**
             * @description `phone` and `email` are the identifier: one of them is given, and stands for the other
             * @example name
             */
            field: string;
            /** @example registration.name */
            category: string;
            required: boolean;
            /**
             * @description What follows where it is left out, as the clause says
             * @enum {string}
             */
            ifWithheld?: "degraded" | "noService" | "noRegistration";
            clause: components["schemas"]["FieldClause"];
        };
        RejectPendingChange: {
            /** @description Kept with the evidence */
            reason: string;
        };
        ReminderPreviewResponse: {
            /** @description Active subjects who would be told */
            matched: number;
        };
        ReminderResponse: {
            /** Format: uuid */
            id: string;
            purpose: string;
            /** @enum {string} */
            state: "stale" | "expired";
            title: components["schemas"]["LocalizedText"];
            summary: components["schemas"]["LocalizedText"];
            /** @description Found so far; each has the notice in their inbox */
            matched: number;
            /** @description Of those, whose message is settled too: handed over, or nowhere to send it */
            told: number;
            /** @description Messages handed over */
            sent: number;
            /** @description Everybody was found and told */
            done: boolean;
            /**
             * Format: uuid
             * @description The operator who sent it
             */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
        };
        ReminderSummary: {
            /** @example 隐私政策有变化，您此前的同意不再适用。 */
            "zh-CN": string;
            /** @example The privacy policy has changed, and your consent no longer applies. */
            en: string;
        };
        ReminderTitle: {
            /** @example 请重新确认您的选择 */
            "zh-CN": string;
            /** @example Please confirm your choice again */
            en: string;
        };
        RequestAgeDto: {
            /** @description Null: older than any before it */
            upToDays: number | null;
            count: number;
        };
        RequestAttachmentDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description By its content */
            type: string;
            bytes: number;
            /** Format: date-time */
            uploadedAt: string;
        };
        RequestClockDto: {
            trace: components["schemas"]["ClockStepDto"][];
            /** @description All that the deadline follows from; `abide request clock` computes it again */
            facts: {
                [key: string]: unknown;
            };
            /** @description The holidays of a year on the way are not published yet */
            provisional: boolean;
        };
        RequestFigureResponse: {
            /** @enum {string} */
            figure: "overdue" | "dueToday" | "dueThisWeek" | "second" | "officer" | "appeals" | "assigned" | "unassigned" | "unreachable" | "manual" | "awaitingSubject";
            count: number;
        };
        RequestGuardianship: {
            /** @description Gets a code at an address of their own */
            guardian: components["schemas"]["GuardianBody"];
        };
        RequestLine: {
            /** Format: uuid */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
            /** @enum {string} */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @enum {string} */
            state: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @description Empty: everything held */
            categories: string[];
            /** @description Whether it is about what is held, and so without categories about everything */
            isAboutHeldData: boolean;
            /** Format: date-time */
            openedAt: string;
            /**
             * Format: date-time
             * @description Null while the person owes an answer, and once it is over
             */
            dueAt: string | null;
            /** @description Whole days until it is due; negative: overdue */
            daysLeft: number | null;
            /** @description The article, or the clause that promises the time */
            article: string;
            /** @enum {string|null} */
            outcome: "granted" | "partlyGranted" | "refused" | null;
            /** Format: date-time */
            closedAt: string | null;
            /** @description Whether a guardian asks for whom it is about */
            askedByGuardian: boolean;
        };
        RequestResponse: {
            /** Format: uuid */
            id: string;
            /** @example 261130-7K3M9QA */
            number: string;
            /** @enum {string} */
            type: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
            /** @enum {string} */
            state: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
            /** @description Empty: everything held */
            categories: string[];
            /** @description Whether it is about what is held, and so without categories about everything */
            isAboutHeldData: boolean;
            /** Format: date-time */
            openedAt: string;
            /**
             * Format: date-time
             * @description Null while the person owes an answer, and once it is over
             */
            dueAt: string | null;
            /** @description Whole days until it is due; negative: overdue */
            daysLeft: number | null;
            /** @description The article, or the clause that promises the time */
            article: string;
            /** @enum {string|null} */
            outcome: "granted" | "partlyGranted" | "refused" | null;
            /** Format: date-time */
            closedAt: string | null;
            /** @description Whether a guardian asks for whom it is about */
            askedByGuardian: boolean;
            /** @enum {string} */
            channel: "app" | "web" | "telephone" | "letter" | "counter";
            /** @description In the person’s words */
            text: string | null;
            corrections: components["schemas"]["WantedCorrectionDto"][];
            purpose: string | null;
            target: string | null;
            /** @description Of feedback: the service that it is about */
            service: string | null;
            /** Format: date-time */
            verifiedAt: string | null;
            clock: components["schemas"]["RequestClockDto"];
            decisions: components["schemas"]["DecisionDto"][];
            /** @description What the person was answered */
            answer: string | null;
            /** Format: date-time */
            waitingUntil: string | null;
            /** @description Of every round, the last one first */
            holders: components["schemas"]["HolderProgressDto"][];
            /** @description What was asked to be seen */
            package?: components["schemas"]["PackageDto"];
            /** @description The newest of what happened, the oldest of them first */
            timeline: components["schemas"]["RequestStepDto"][];
            /** @description What people call each kind of data, purpose and holder outside that is named here, by code, in each language */
            names: {
                [key: string]: unknown;
            };
            /** @description For whoever asked: the files that they sent with it */
            files?: string[];
            /** @description Who asked for an enterprise or a ward, or about somebody who died */
            asker?: components["schemas"]["AskerDto"];
            /** @description While a code is on its way */
            verification?: components["schemas"]["RequestVerification"];
        };
        RequestSettingsResponse: {
            /** @description Access and portability are prepared without an operator once the person has given the code, unless a ground stands against it */
            preparesItself: boolean;
            /** @description What an account says of itself is corrected without an operator once the person has given the code, where a clause gives the right without evidence */
            correctsItself: boolean;
            /** @description Days that a granted deletion waits, so that it can be taken back */
            waitingDays: number;
        };
        RequestStatisticsResponse: {
            /** @description Oldest first; the last is not over */
            weeks: components["schemas"]["RequestWeekDto"][];
            /** @description Of those that are not over */
            ages: components["schemas"]["RequestAgeDto"][];
            utcOffsetHours: number;
        };
        RequestStepDto: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            act: "opened" | "verified" | "joined" | "linkProposed" | "linked" | "assigned" | "asked" | "told" | "unanswered" | "extended" | "recomputed" | "decided" | "sentBack" | "confirmed" | "waived" | "doneByHand" | "carriedOut" | "closed" | "fetched" | "cancelled" | "appealed" | "lapsed" | "escalated";
            /** @description subject, guardian, representative, system, or the name of an operator where an operator reads */
            by: string;
            /** @description Of a guardian or representative, masked */
            person: string | null;
            text: string | null;
        };
        RequestVerification: {
            /** Format: uuid */
            id: string;
            /** @example email */
            channel: string;
            /** Format: date-time */
            expiresAt: string;
        };
        RequestWeekDto: {
            /**
             * Format: date-time
             * @description Monday, in the zone of the profile
             */
            startsAt: string;
            arrived: number;
            answered: number;
            /** @description Of those answered, by their deadline */
            inTime: number;
            /** @description Of those answered, such of which that is known */
            timed: number;
        };
        RequestWords: {
            text: string;
        };
        RequestedGuardianship: {
            /** Format: uuid */
            guardianshipId: string;
            verification: components["schemas"]["VerificationFacts"];
        };
        RequesterDto: {
            /** @description Masked */
            address: string;
            /** @description As they said */
            name: string | null;
            /** @description To somebody who died and whose data it is about */
            relation: string | null;
            /** @description Whether they proved that they read the address */
            isProven: boolean;
            /** @description Whether somebody here has confirmed it, so that the request is about their account */
            hasAccount: boolean;
            /** @description Whether the address is of an account whose owner died, or that is closed: whoever reads it now is another, and asks about nobody known */
            isAccountEnded: boolean;
        };
        ResetPassword: {
            identifier: components["schemas"]["IdentifierBody"];
        };
        RetainedDto: {
            category: string;
            count: number;
            ground: string;
            article: string;
            /** Format: date-time */
            until: string | null;
        };
        RevealFields: {
            fields: ("name" | "idNumber" | "birthDate" | "language" | "biometricReference" | "federatedAccount" | "contactMethod" | "guardian" | "phone" | "email")[];
            /** @description Kept with the evidence */
            reason: string;
        };
        RevealValueRequest: {
            /**
             * @description One of the sealed fields
             * @example url
             */
            field: string;
            /**
             * @description Kept with the evidence; the value is not
             * @example Request 2026-0142
             */
            reason: string;
        };
        RevealedFields: {
            values: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description Mask again then
             */
            until: string;
        };
        RevealedValueResponse: {
            /**
             * @example {
             *       "url": "https://tickets.example/concert/118"
             *     }
             */
            values: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description Mask again then
             */
            until: string;
        };
        ReviewedComparison: {
            from: components["schemas"]["RevisionSummary"] | null;
            to: components["schemas"]["RevisionSummary"];
            /**
             * @description As announced, where the two are the revision and its predecessor; else as computed
             * @enum {string}
             */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            differences: components["schemas"]["DifferenceDto"][];
            clauses: components["schemas"]["ComparedClauseDto"][];
            warnings: components["schemas"]["ComparisonWarningDto"][];
        };
        RevisionActDto: {
            /** @example submission */
            act: string;
            by: components["schemas"]["PersonRef"];
            /** Format: date-time */
            at: string;
            comment?: string;
            /** @description What was answered to warnings at submission */
            answers?: components["schemas"]["AnsweredWarningDto"][];
        };
        RevisionDto: {
            /** Format: uuid */
            id: string;
            number: number;
            /** @enum {string} */
            state: "draft" | "inReview" | "approved" | "scheduled" | "effective" | "superseded" | "withdrawn";
            /** @description SHA-256 of the canonical text, in hex; also its ETag */
            contentHash: string;
            /**
             * @description Known once it is scheduled
             * @enum {string|null}
             */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /**
             * Format: date-time
             * @description Planned while scheduled, actual afterwards
             */
            effectiveAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            policy: components["schemas"]["RevisionPolicyRef"];
            /** @description The policy in the policy-as-code format */
            document: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["PolicyProblemDto"][];
            submittedBy?: components["schemas"]["PersonRef"];
            approvedBy?: components["schemas"]["PersonRef"];
            history: components["schemas"]["RevisionActDto"][];
            /** @description Only while scheduled */
            conditions: components["schemas"]["ConditionsDto"] | null;
            /** Format: uuid */
            campaignId: string | null;
            /** @enum {string} */
            raisedTo?: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            raiseReason?: string;
            /** @description Some of its text was pushed by a client made on the server, whose secret nobody known holds: whoever submits it takes it over */
            hasUnknownAuthor: boolean;
            allowedActs: components["schemas"]["AllowedActDto"][];
        };
        RevisionPolicyRef: {
            /** Format: uuid */
            id: string;
            slug: string;
            /** @enum {string} */
            kind: "general" | "service" | "agreement";
            title: components["schemas"]["LocalizedText"];
        };
        RevisionSummary: {
            /** Format: uuid */
            id: string;
            number: number;
            /** @enum {string} */
            state: "draft" | "inReview" | "approved" | "scheduled" | "effective" | "superseded" | "withdrawn";
            /** @description SHA-256 of the canonical text, in hex; also its ETag */
            contentHash: string;
            /**
             * @description Known once it is scheduled
             * @enum {string|null}
             */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /**
             * Format: date-time
             * @description Planned while scheduled, actual afterwards
             */
            effectiveAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        RoleResponse: {
            /** @enum {string} */
            role: "administrator" | "policyEditor" | "policyApprover" | "supportAgent" | "privacyOfficer" | "auditor";
            permissions: ("overview.read" | "policy.read" | "policy.edit" | "policy.submit" | "policy.approve" | "policy.schedule" | "policy.withdraw" | "registry.read" | "registry.edit" | "campaign.read" | "outreach.send" | "consent.remind" | "delivery.read" | "delivery.replay" | "subject.read" | "subject.reveal" | "subject.revealMinor" | "subject.revealSensitive" | "subject.approveMinorLook" | "consent.record" | "guardian.decide" | "audit.read" | "operator.read" | "operator.manage" | "change.decide" | "client.read" | "client.manage" | "request.read" | "request.answer" | "request.decide" | "request.decideAny" | "hold.read" | "hold.write" | "request.readSettings" | "request.configure" | "holder.read" | "holder.manage")[];
        };
        RolesResponse: {
            items: components["schemas"]["RoleResponse"][];
        };
        RotateClient: {
            /**
             * @description How long the old secrets stay good
             * @default 7
             */
            overlapDays: number;
            /** @default 365 */
            expiresInDays: number;
        };
        RotateKey: {
            /**
             * @description access when left out
             * @enum {string}
             */
            use?: "access" | "receipt";
        };
        RotatedKey: {
            /** Format: uuid */
            keyId: string;
        };
        RunPolicyTests: {
            /** @description Tests to run instead of those that are kept; they are not stored */
            content?: string;
        };
        SampledRefusalDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            action: string;
            purpose: string;
            category: string;
            service: string | null;
            recipient: string | null;
            region: string | null;
            code: string;
            /** @description The policy whose clause came nearest */
            policy: string | null;
            revision: number | null;
            clauseId: string | null;
        };
        ScheduleRequest: {
            /**
             * Format: date-time
             * @description When it is to take effect; a time that is past means at once
             */
            effectiveAt: string;
            /**
             * @description A heavier class than computed, with a reason
             * @enum {string}
             */
            raiseTo?: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
            reason?: string;
            /** @description Where only the wording changes, scheduling confirms it; false refuses */
            confirmsNoRightChanged?: boolean;
        };
        ScheduledRevisionRef: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: date-time */
            effectiveAt: string;
            /** @enum {string} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent";
        };
        SchemasResponse: {
            /** @description By the name of the category */
            items: components["schemas"]["CategorySchemaDto"][];
        };
        SearchSubjects: {
            /** @enum {string} */
            by: "phone" | "email" | "idNumber" | "id";
            /** @description The whole value; nothing is found by parts */
            value: string;
            /** @description Kept with the evidence */
            reason: string;
        };
        SecondProof: {
            /** @description Of my own account */
            password: string;
        };
        SeenEventDto: {
            /** Format: uuid */
            eventId: string;
            category: string;
            /** @description By its category, by the subject’s word or by their age */
            sensitive: boolean;
            service: string;
            thirdPartyService: string | null;
            /** @enum {string|null} */
            means: "cookie" | "web" | "app" | null;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description Null: until an event
             */
            retainUntil: string | null;
            /** @description Its time is over; it is stored until it is swept, and no purpose may use it any more */
            due: boolean;
            lineage: components["schemas"]["LineageDto"][];
            /**
             * @description What is stored in plain and identifies nobody; null where it is withheld
             * @example {
             *       "page": "event.list"
             *     }
             */
            attributes: {
                [key: string]: unknown;
            } | null;
            /** @description The names of what is sealed, each to be revealed by itself */
            sealedFields: string[];
            /**
             * @description Why nothing of it may be shown to this operator: stored only, a minor’s, sensitive, or over its time
             * @enum {string|null}
             */
            withheld: "restricted" | "minor" | "sensitive" | "unapproved" | "due" | null;
        };
        SeenEventsResponse: {
            /** @description Newest first */
            items: components["schemas"]["SeenEventDto"][];
            nextCursor: string | null;
        };
        SeenEvidence: {
            /** @enum {string} */
            about: "age" | "withdrawal" | "addition";
            evidence: string;
            /** Format: date-time */
            recordedAt: string;
        };
        SendDecisionBack: {
            /** @description Why it is decided anew; for operators alone */
            reason: string;
        };
        SendOutreach: {
            /** @enum {string} */
            kind: "survey" | "marketing";
            /** @enum {string} */
            channel: "email" | "sms";
            title: components["schemas"]["OutreachTitle"];
            text: components["schemas"]["OutreachText"];
            /**
             * @description An https address, or a path of this site
             * @example https://survey.example/tickets
             */
            link?: string | null;
            /** @description Send it although the same words went out by this channel within the hour */
            again?: boolean;
        };
        SendReminder: {
            purpose: string;
            /**
             * @description `stale`: what was consented to has changed since
             * @enum {string}
             */
            state: "stale" | "expired";
            title: components["schemas"]["ReminderTitle"];
            summary: components["schemas"]["ReminderSummary"];
            /** @description Send it although the same words went to the same people within the hour */
            again?: boolean;
        };
        SeparateChoiceDto: {
            category: string;
            service: string | null;
            /** @description The slug of the recipient that has to be named */
            recipient: string | null;
            region: string | null;
            /** @enum {string} */
            state: "granted" | "stale" | "expired" | "withdrawn" | "none";
            /** Format: uuid */
            consentEventId: string | null;
        };
        ServiceChanges: {
            name?: components["schemas"]["LocalizedText"];
            purpose?: components["schemas"]["LocalizedText"] | null;
            locationBased?: boolean;
            active?: boolean;
        };
        ServiceDto: {
            /**
             * Format: uuid
             * @description For other systems; clauses cite the code
             */
            id: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            code: string;
            purpose: components["schemas"]["LocalizedText"] | null;
            locationBased: boolean;
            active: boolean;
        };
        SetWardConsent: {
            /** @enum {string} */
            state: "granted" | "withdrawn";
        };
        ShadowCountDto: {
            table: string | null;
            category: string;
            count: number;
        };
        ShadowIdentifier: {
            /** @example email */
            type: string;
            value: string;
        };
        ShadowResponse: {
            /** @example done */
            outcome: string;
            counts: components["schemas"]["ShadowCountDto"][];
            retained: components["schemas"]["ShadowRetainedDto"][];
        };
        ShadowRetainedDto: {
            category: string;
            count: number;
            /** @enum {string} */
            ground: "legalMinimum" | "evidence" | "hold" | "othersData" | "runningContract";
            article: string;
            /** Format: date-time */
            until: string | null;
        };
        ShadowRun: {
            /**
             * Format: uuid
             * @description Of an account here
             */
            subjectId?: string;
            identifiers?: components["schemas"]["ShadowIdentifier"][];
        };
        SharedIdentifierResponse: {
            /** @enum {string} */
            type: "phone" | "email";
            /** @description Has it in a form that earlier versions kept */
            subject: components["schemas"]["SharingSubjectResponse"];
            other: components["schemas"]["SharingSubjectResponse"];
            /** Format: date-time */
            foundAt: string;
        };
        SharedIdentifiers: {
            items: components["schemas"]["SharedIdentifierResponse"][];
        };
        SharingSubjectResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "person" | "enterprise" | "device";
            /**
             * @description Masked
             * @example 林**
             */
            displayName: string;
            /** @enum {string} */
            status: "active" | "pendingGuardian" | "deceased" | "closed";
            /** Format: date-time */
            createdAt: string;
            /**
             * @description What both have, as this account keeps it
             * @example +86100****1234
             */
            masked: string;
        };
        ShownSecretResponse: {
            id: string;
            /** @description Shown only now */
            secret: string;
            /** Format: date-time */
            expiresAt: string;
        };
        SignIn: {
            identifier: components["schemas"]["IdentifierBody"];
            password?: string;
            /** @description The code of an answer 202 before */
            code?: string;
            /**
             * Format: uuid
             * @description The verification of that answer; the newest one when absent
             */
            verificationId?: string;
        };
        SignInOperator: {
            /**
             * Format: email
             * @example admin@abide.example
             */
            email: string;
            password: string;
            /** @description The code of the authenticator, or a recovery code */
            code?: string;
        };
        StateBirthDate: {
            /**
             * Format: date
             * @example 1990-01-31
             */
            birthDate: string;
            /** @description The current password: needed once there is one; without one, sign in at most five minutes before */
            password?: string;
        };
        StepUp: {
            password: string;
            /** @description The code of the authenticator, or a recovery code */
            code?: string;
        };
        StepUpResponse: {
            csrfToken: string;
            /** Format: date-time */
            stepUpUntil: string | null;
        };
        SubjectConsentsResponse: {
            standing: components["schemas"]["OwnConsentDto"][];
            /** @description What they objected to and it was upheld */
            objections: components["schemas"]["ObjectionDto"][];
            items: components["schemas"]["ConsentEventDto"][];
            nextCursor: string | null;
        };
        SubjectGuardianship: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "pending" | "confirmed" | "ended";
            /**
             * @description Whether the guardian consents, or is advised to read along
             * @enum {string}
             */
            kind: "consent" | "advice";
            /** @description null once the guardian has been erased */
            guardian: components["schemas"]["MaskedGuardian"] | null;
            /** @description What it still waits for before the consent counts: the yes of a guardian there is already, proof that this one is an adult */
            awaits: ("otherGuardian" | "age")[];
            /**
             * Format: date-time
             * @description Until when the consent counts although nobody knows whether the guardian is an adult
             */
            ageDueAt: string | null;
            /** Format: date-time */
            requestedAt: string;
            /** Format: date-time */
            confirmedAt: string | null;
            /** Format: date-time */
            consentedAt: string | null;
            /** Format: date-time */
            consentWithdrawnAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** @enum {string|null} */
            endReason: "guardianLeft" | "guardianErased" | "cameOfAge" | "refusedByGuardian" | null;
            /**
             * Format: uuid
             * @description The guardian as a subject, once they have an account
             */
            guardianId: string | null;
            /**
             * @description How the guardian is known to be an adult
             * @enum {string|null}
             */
            adultBy: "account" | "evidence" | null;
            /** @description A withdrawal of this guardian stands, against every other guardian too */
            withdrawalStands: boolean;
        };
        SubjectNoticeResponse: {
            /** Format: uuid */
            id: string;
            /** @example Our privacy policy changes on 8 December */
            title: string;
            /** @example Location is kept for 90 instead of 30 days. */
            summary: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description Null where there is nothing more to read */
            link: string | null;
            /** @enum {string} */
            kind: "policyChange" | "consentExpiring" | "consentAgain" | "handOver" | "request";
            /**
             * @description Null for a notice to this subject alone
             * @example general-privacy
             */
            policySlug: string | null;
            /** @example 2 */
            revisionNumber: number | null;
            /** @enum {string|null} */
            materiality: "editorial" | "informational" | "reductionOfRights" | "freshConsent" | null;
            /**
             * Format: date-time
             * @description When the revision is to take effect
             */
            effectiveAt: string | null;
            /**
             * Format: uuid
             * @description Null for a notice to this subject alone
             */
            campaignId: string | null;
            /** Format: date-time */
            withdrawnAt: string | null;
            /** Format: date-time */
            readAt: string | null;
            deliveries: components["schemas"]["DeliveryResponse"][];
        };
        SubjectPositioningResponse: {
            /** @description Off until the subject switches it on */
            on: boolean;
            /**
             * Format: date-time
             * @description Null: never switched
             */
            changedAt: string | null;
            /** @description Every turn of the switch, newest first */
            items: components["schemas"]["PositioningTurnDto"][];
            nextCursor: string | null;
        };
        SubjectResponse: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "person" | "enterprise" | "device";
            /** @enum {string} */
            status: "active" | "pendingGuardian" | "deceased" | "closed";
            /** @enum {string} */
            minor: "adult" | "under18" | "under14" | "unknown";
            restricted: boolean;
            locale: string;
            /** Format: date-time */
            createdAt: string;
            identifiers: components["schemas"]["MaskedIdentifier"][];
            /**
             * @description Masked
             * @example {
             *       "name": "林**"
             *     }
             */
            profile: {
                [key: string]: string;
            };
            /** Format: uuid */
            contactPersonId: string | null;
            /** @description Live sessions */
            sessions: number;
        };
        SubjectSessionResponse: {
            /** Format: uuid */
            id: string;
            current: boolean;
            /** @enum {string} */
            method: "password" | "code" | "device";
            /** @example 203.0.113.7 */
            address?: string;
            /** @description What the app said of itself */
            client?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        SubjectSessionsResponse: {
            items: components["schemas"]["SubjectSessionResponse"][];
            nextCursor: string | null;
        };
        SubjectTimelineResponse: {
            items: components["schemas"]["TimelineEntryResponse"][];
            nextCursor: string | null;
            /** @description The fragments that could not be read now */
            missing: string[];
        };
        SubjectTokens: {
            accessToken: string;
            /** @description Good once */
            refreshToken: string;
            /**
             * @description Seconds
             * @example 600
             */
            expiresIn: number;
        };
        SubmissionRequest: {
            /** @example Retention of location data shortened, as agreed with counsel. */
            comment: string;
            /** @description One for every warning */
            answers?: components["schemas"]["WarningAnswerDto"][];
        };
        TelemetryEventDto: {
            /** Format: uuid */
            eventId: string;
            category: string;
            service: string;
            thirdPartyServiceId: string | null;
            /** @enum {string|null} */
            means: "cookie" | "web" | "app" | null;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description null: until an event, such as closing the account
             */
            retainUntil: string | null;
            sensitive: boolean;
            attributes: {
                [key: string]: unknown;
            };
            /** @description What was sealed, as exactly as the purpose allows */
            personal: {
                [key: string]: unknown;
            };
            /** @description Why it is kept */
            lineage: components["schemas"]["LineageDto"][];
        };
        TelemetryQueryRequest: {
            /** @default 25 */
            limit: number;
            /** @description nextCursor of the page before */
            cursor?: string;
            /** Format: uuid */
            subjectId: string;
            /** @example product.improvement */
            purpose: string;
            /**
             * @example [
             *       "log.browsing"
             *     ]
             */
            categories: string[];
            /**
             * Format: date-time
             * @description When they occurred, at the earliest
             */
            from: string;
            /**
             * Format: date-time
             * @description And before this instant
             */
            to: string;
            /** @description Where they are to be used; left out, each in the service it was collected in */
            service?: string;
        };
        TelemetryQueryResponse: {
            /** @description Newest first */
            items: components["schemas"]["TelemetryEventDto"][];
            /** @description What may not be used for the purpose */
            refused: components["schemas"]["RefusedUseDto"][];
            nextCursor: string | null;
        };
        TemplateTextDto: {
            "zh-CN": string;
            en: string;
        };
        TemplateTitleDto: {
            /** @example 感谢反馈 */
            "zh-CN": string;
            /** @example Thanks for feedback */
            en: string;
        };
        ThirdPartyServiceChanges: {
            name?: components["schemas"]["LocalizedText"];
            /** Format: uri */
            policyLink?: string;
            /** @enum {string} */
            use?: "signIn" | "shareButton" | "advertising" | "link";
            purpose?: components["schemas"]["LocalizedText"] | null;
            active?: boolean;
        };
        ThirdPartyServiceDto: {
            /**
             * Format: uuid
             * @description For other systems; clauses cite the code
             */
            id: string;
            name: components["schemas"]["LocalizedText"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            slug: string;
            /** Format: uri */
            policyLink: string;
            /** @enum {string} */
            use: "signIn" | "shareButton" | "advertising" | "link";
            purpose: components["schemas"]["LocalizedText"] | null;
            active: boolean;
        };
        TimelineActor: {
            /** Format: uuid */
            id: string;
            /** @example Li Na */
            name: string;
        };
        TimelineEntryResponse: {
            /** @example accepted.explicit/01a00000-0000-7000-8000-000000000001 */
            id: string;
            /** @example accepted */
            kind: string;
            /** Format: date-time */
            at: string;
            /** @description The operator who did it, if one did */
            actor: components["schemas"]["TimelineActor"] | null;
            /**
             * @description What it is about, by kind
             * @example {
             *       "policy": "general-privacy",
             *       "revision": 2
             *     }
             */
            facts: {
                [key: string]: string | number;
            };
        };
        TokenRequest: {
            /** @example client_credentials */
            grant_type?: string;
            client_id?: string;
            client_secret?: string;
            /**
             * @description Space-separated; everything the client may when absent
             * @example decisions:read
             */
            scope?: string;
        };
        TokenResponse: {
            access_token: string;
            /** @example Bearer */
            token_type: string;
            /**
             * @description Seconds
             * @example 600
             */
            expires_in: number;
            /** @example decisions:read */
            scope: string;
        };
        TrailRequest: {
            /** @default 25 */
            limit: number;
            /** @description nextCursor of the page before */
            cursor?: string;
            /** Format: uuid */
            subjectId: string;
            /** @example service.provision */
            purpose: string;
            /**
             * Format: date-time
             * @description When they were taken, at the earliest
             */
            from: string;
            /**
             * Format: date-time
             * @description And before this instant
             */
            to: string;
            /** @description Where it is to be used; left out, each in the service it was taken in */
            service?: string;
        };
        TrailResponse: {
            /** @description Newest first */
            items: components["schemas"]["PositionDto"][];
            /** @description What may not be used for the purpose */
            refused: components["schemas"]["RefusedPositionUseDto"][];
            nextCursor: string | null;
        };
        UseLink: {
            /** @description What stands behind # in the link */
            token: string;
            /** @description At least 15 characters */
            password: string;
        };
        VerificationFacts: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            channel: "email" | "sms";
            /** Format: date-time */
            expiresAt: string;
        };
        VerificationResponse: {
            verification: components["schemas"]["VerificationFacts"];
        };
        VolumeDto: {
            category: string;
            service: string;
            /** @description The category is sensitive */
            sensitive: boolean;
            events: number;
            /** @description Among them: sensitive by category, by the subject’s word or by their age */
            sensitiveEvents: number;
            /** @description Among them: what was over its time when they were counted and is not swept yet; null where nothing was */
            due: components["schemas"]["DueDto"] | null;
            /** @description How long what comes in now is kept; null where no clause in force says so */
            keeping: components["schemas"]["KeepingDto"] | null;
        };
        VolumesResponse: {
            /** @description The largest first */
            items: components["schemas"]["VolumeDto"][];
            /**
             * Format: date-time
             * @description When they were counted; null while nothing is stored or nothing was counted yet
             */
            asOf: string | null;
        };
        WantedCorrectionDto: {
            category: string;
            /** @description How it is to be; masked for an operator who may not decide */
            value: string;
            /** @description For operators: what is held now, masked; null: nothing that an account says */
            held?: string | null;
        };
        WardConsent: {
            /** Format: uuid */
            subjectId: string;
            /** Format: uuid */
            guardianshipId: string;
            /** @enum {string} */
            state: "granted" | "withdrawn";
            /**
             * Format: date-time
             * @description Since when; null when consent was never given
             */
            at: string | null;
        };
        WardResponse: {
            /** Format: uuid */
            subjectId: string;
            /** Format: uuid */
            guardianshipId: string;
            /**
             * @description Masked; empty when no name was given
             * @example 林**
             */
            displayName: string;
            /** @enum {string} */
            minor: "adult" | "under18" | "under14" | "unknown";
            /**
             * @description Whether the guardian consents, or is advised to read along
             * @enum {string}
             */
            kind: "consent" | "advice";
            /** Format: date-time */
            confirmedAt: string;
            /**
             * @description Absent as long as the guardian has neither given nor withdrawn consent
             * @enum {string}
             */
            consent?: "granted" | "withdrawn";
            /** @description What it still waits for before the consent counts: the yes of a guardian there is already, proof that this one is an adult */
            awaits: ("otherGuardian" | "age")[];
            /**
             * Format: date-time
             * @description Until when my consent counts although nobody knows whether I am an adult
             */
            ageDueAt: string | null;
            /** @description Further guardians that the child named; none becomes one without my yes */
            proposed: components["schemas"]["ProposedGuardian"][];
        };
        WarningAnswerDto: {
            /** @description Of the warning, from the comparison with what is in force */
            id: string;
            /** @example The minimum of the law is named besides. */
            answer: string;
        };
        WebhookResponse: {
            /**
             * Format: uuid
             * @description The receiver knows it by this id
             */
            id: string;
            /** @example request.closed */
            kind: string;
            /** @description The name of whom it goes to */
            destination: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "dead" | "withdrawn";
            attempts: number;
            /**
             * @description Why the last attempt failed
             * @example timedOut
             */
            failure: string | null;
            /** @description The status that the receiver answered last */
            answeredStatus: number | null;
            /** Format: date-time */
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            settledAt: string | null;
        };
        WebhookSecretResponse: {
            /** @description What the receiver checks signatures with */
            secret: string;
        };
        WebhookSubscriptionResponse: {
            /** @description What operators call the receiver */
            name: string;
            /** @example https://desk.example.com/hooks */
            url: string;
            events: ("request.opened" | "request.closed")[];
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Whether whoever asks may have the secret shown, once */
            secretDue: boolean;
        };
        WebhookSubscriptionsResponse: {
            items: components["schemas"]["WebhookSubscriptionResponse"][];
        };
        WithdrawDeath: {
            /** @description Kept sealed, with the evidence */
            reason: string;
        };
        WithdrawalRequest: {
            reason: string;
        };
        WordRunDto: {
            /** @enum {string} */
            kind: "same" | "added" | "removed";
            text: string;
        };
        WriteAnswerTemplate: {
            /** @description The kinds of requests that it is offered for; empty: every kind */
            types: ("access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer")[];
            title: components["schemas"]["TemplateTitleDto"];
            text: components["schemas"]["TemplateTextDto"];
        };
        WrittenReason: {
            /** @description In writing; the person reads it */
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getGpcSupport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GpcSupport"];
                };
            };
        };
    };
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
        };
    };
    uploadAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The one file; the form holds nothing else.
                     */
                    file: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentResponse"];
                };
            };
            /** @description `request.one_file`, `request.malformed`, `attachment.empty`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated`, `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `attachment.type_refused`, `request.unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `attachment.no_room` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subjectId: string;
                    /**
                     * @description use when left out, share with a recipient
                     * @enum {string}
                     */
                    action?: "collect" | "use" | "share";
                    /**
                     * @description Needed, except to collect
                     * @example advertising.relevant
                     */
                    purpose?: string;
                    /** @description To collect: at least one of them must allow it */
                    purposes?: string[];
                    /**
                     * @example [
                     *       "log.browsing"
                     *     ]
                     */
                    categories: string[];
                    service?: string;
                    /** @description Another one than service: a use across services */
                    fromService?: string;
                    /** @enum {string} */
                    form?: "aggregated" | "personalised";
                    /** @enum {string} */
                    data?: "collected" | "provided" | "stored";
                    groupSize?: number;
                    /** @description The id or the slug of a recipient */
                    recipientId?: string;
                    region?: string;
                    thirdPartyService?: string;
                    /**
                     * @description To collect or use: it is read on the device, and nothing of it is sent. Left out, the question is whether it may be stored
                     * @enum {string}
                     */
                    storage?: "onDevice";
                    /** @description When the datum came about */
                    occurredAt?: string;
                    /** @description A past instant: what was in force and known then */
                    at?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResponse"];
                };
            };
            /** @description `request.invalid`, `question.unknownService`, `question.unknownPurpose`, `question.unknownCategory`, `question.unknownRegion`, `recipient.unknown` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        subjectId: string;
                        /**
                         * @description use when left out, share with a recipient
                         * @enum {string}
                         */
                        action?: "collect" | "use" | "share";
                        /**
                         * @description Needed, except to collect
                         * @example advertising.relevant
                         */
                        purpose?: string;
                        /** @description To collect: at least one of them must allow it */
                        purposes?: string[];
                        /**
                         * @example [
                         *       "log.browsing"
                         *     ]
                         */
                        categories: string[];
                        service?: string;
                        /** @description Another one than service: a use across services */
                        fromService?: string;
                        /** @enum {string} */
                        form?: "aggregated" | "personalised";
                        /** @enum {string} */
                        data?: "collected" | "provided" | "stored";
                        groupSize?: number;
                        /** @description The id or the slug of a recipient */
                        recipientId?: string;
                        region?: string;
                        thirdPartyService?: string;
                        /**
                         * @description To collect or use: it is read on the device, and nothing of it is sent. Left out, the question is whether it may be stored
                         * @enum {string}
                         */
                        storage?: "onDevice";
                        /** @description When the datum came about */
                        occurredAt?: string;
                        /** @description A past instant: what was in force and known then */
                        at?: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionBatchResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDevelopmentClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockReading"];
                };
            };
        };
    };
    setDevelopmentClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockReading"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDevelopmentMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevelopmentMessages"];
                };
            };
        };
    };
    queryDevelopmentMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessagesQuery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevelopmentMessages"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterDevice"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredDevice"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `acceptance.missing`, `acceptance.not_in_force` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmGuardianship: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmGuardianship"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedGuardianship"];
                };
            };
            /** @description `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.expired`, `verification.exhausted`, `verification.used`, `verification.other_route`, `guardianship.came_of_age`, `guardianship.guardian_is_minor`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeHolderAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.unproven` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_waited_for` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendFixes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Made once per batch: sent again it is answered as the first time */
                    batchId: string;
                    fixes: {
                        /** @description Made once, where the fix was taken; sent again it is stored once */
                        fixId: string;
                        subjectId: string;
                        /** @description When it was taken: at most 7 days ago, and while positioning was on */
                        occurredAt: string;
                        /** @description Degrees, WGS 84 */
                        latitude: number;
                        longitude: number;
                        /** @description The radius that the device believes it is within */
                        accuracyMetres: number;
                        /** @enum {string} */
                        source: "gps" | "wifi";
                        service: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `batch.reused` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.unsupported_encoding` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service.busy`, `service.unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    locateLast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LastPositionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LastPositionResponse"];
                };
            };
            /** @description `request.invalid`, `question.unknownPurpose`, `question.unknownService` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queryTrail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrailRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrailResponse"];
                };
            };
            /** @description `request.invalid`, `request.bad_cursor`, `question.unknownPurpose`, `question.unknownService` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMandateCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMe"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `profile.field_not_allowed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyAcceptances: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAcceptances"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptanceRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptanceDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `acceptance.not_in_force` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAfterDeath: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AfterDeathArrangement"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_a_person` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    arrangeAfterDeath: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AfterDeathArrangement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AfterDeathArrangement"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_a_person` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stateMyBirthDate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StateBirthDate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `registration.implausible_birth_date`, `profile.field_not_allowed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.birth_date_known`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showConsentPrompt: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.unknown_purpose` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.cooling_off`, `consent.nothing_to_ask` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyConsents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnConsents"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMyConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentResponse"];
                };
            };
            /** @description `consent.unknown_category`, `consent.unknown_service`, `consent.unknown_recipient`, `consent.unknown_region`, `consent.unknown_revision`, `consent.unknown_clause`, `consent.in_future`, `consent.too_old`, `consent.before_registration`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.guardian_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.unknown_purpose` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.no_clause`, `consent.too_many`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    nameMyContactPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameContact"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateResponse"];
                };
            };
            /** @description `mandate.own_address`, `identifier.bad_phone`, `identifier.bad_email`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.enterprise_only`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkDevice"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedDevice"];
                };
            };
            /** @description `device.unknown_token`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlinkDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `device.not_linked` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyEnterprises: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateList"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveEnterprise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnterpriseConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnConsents"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateList"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    nameMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameMember"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MandateResponse"];
                };
            };
            /** @description `mandate.own_address`, `identifier.bad_phone`, `identifier.bad_email`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.too_many`, `delivery.not_configured`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
                mandateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnterpriseNotices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only those not read yet */
                unread?: boolean;
            };
            header?: never;
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InboxNoticeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnterpriseRequests: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RequestLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.purpose_needed`, `request.corrections_needed`, `request.text_needed`, `request.unknown_category`, `request.unknown_purpose`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `request.second_proof_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_many`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.nothing_to_appeal`, `request.appeal_too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.under_way` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendEnterpriseRequestCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestVerification"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replyToEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.too_many_messages` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchEnterprisePackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found`, `request.no_package` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.unproven` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.package_expired` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveEnterpriseRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProveRequest"];
            };
        };
        responses: {
            /** @description It, or the earlier one of its kind that it was joined to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found`, `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `request.lapsed`, `verification.expired`, `verification.exhausted`, `verification.used` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    waiveEnterpriseWaiting: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                enterpriseId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.contact_only`, `mandate.beyond_acts`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `request.over` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveMyFeedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveFeedback"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackTaken"];
                };
            };
            /** @description `request.unknown_service`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_many` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyGuardianships: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GuardianshipResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestGuardianship: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestGuardianship"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedGuardianship"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `registration.guardian_is_registrant`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_a_minor`, `guardianship.already_confirmed`, `guardianship.too_many`, `delivery.not_configured`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyHoldings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldingsResponse"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyHoldingRows: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HoldingRowDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyHolds: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnHoldResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMyIdentifier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: "phone" | "email";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeIdentifier"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyNotices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only those not read yet */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InboxNoticeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `notice.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeBackMyObjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.no_objection` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `password.too_short`, `password.too_long`, `password.common`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `subject.device_only`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyPositioning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositioningResponse"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMyPositioning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PositioningRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositioningResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesResponse"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMyPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkMyPublishing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishingCheckRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishingCheckResponse"];
                };
            };
            /** @description `question.unknownCategory`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        schema_version: string;
                        record_id: string;
                        receipt_id: string;
                        pii_principal_id: string;
                        pii_processing: {
                            [key: string]: unknown;
                        }[];
                        party_identification: {
                            [key: string]: unknown;
                        }[];
                        events: {
                            [key: string]: unknown;
                        }[];
                        /** @description A compact JWS whose payload is this record without the signature */
                        signature: string;
                    } & {
                        [key: string]: unknown;
                    };
                    "application/jose": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.receipt_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyRequests: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RequestLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeMyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.purpose_needed`, `request.corrections_needed`, `request.text_needed`, `request.unknown_category`, `request.unknown_purpose`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_many`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMyRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealMyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.nothing_to_appeal`, `request.appeal_too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.under_way` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMyRequestCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestVerification"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replyToMyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.too_many_messages` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchMyPackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found`, `request.no_package` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.unproven` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.package_expired` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveMyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProveRequest"];
            };
        };
        responses: {
            /** @description It, or the earlier one of its kind that it was joined to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found`, `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `request.lapsed`, `verification.expired`, `verification.exhausted`, `verification.used` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    waiveMyWaiting: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.asked_by_guardian`, `request.asked_by_relative`, `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.state`, `request.over` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectSessionsResponse"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMyOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndSessions"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndSessions"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyWards: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WardResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveWard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setWardConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWardConsent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WardConsent"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWardConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnConsents"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setWardPurposeConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
                purpose: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentResponse"];
                };
            };
            /** @description `consent.unknown_category`, `consent.unknown_service`, `consent.unknown_recipient`, `consent.unknown_region`, `consent.unknown_revision`, `consent.unknown_clause`, `consent.in_future`, `consent.too_old`, `consent.before_registration`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `consent.unknown_purpose` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `consent.no_clause`, `consent.too_many`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerWardGuardian: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
                guardianshipId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerAddition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedGuardianship"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `guardianship.guardian_is_minor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWardHolds: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnHoldResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWardRequests: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RequestLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeWardRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.purpose_needed`, `request.corrections_needed`, `request.text_needed`, `request.unknown_category`, `request.unknown_purpose`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.too_many`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWardRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealWardRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.nothing_to_appeal`, `request.appeal_too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelWardRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.over`, `request.under_way` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendWardRequestCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestVerification"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.state`, `verification.unreachable`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replyToWardRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.over`, `request.too_many_messages` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchWardPackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.reauthentication_needed`, `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found`, `request.no_package` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.package_expired` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveWardRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProveRequest"];
            };
        };
        responses: {
            /** @description It, or the earlier one of mine that it was joined to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_found`, `request.not_found`, `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `request.state`, `request.lapsed`, `verification.expired`, `verification.exhausted`, `verification.used` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NoticeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    issueClientToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"];
                };
            };
            /** @description `oauth.unsupported_grant_type`, `oauth.invalid_scope`, `oauth.invalid_request`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `oauth.invalid_client` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAnswerTemplates: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplatesResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addAnswerTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAnswerTemplate"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplateResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_many_templates` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAnswerTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteAnswerTemplate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplateResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.template_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAnswerTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.template_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description An operator, client or subject */
                actorId?: string;
                act?: string;
                objectType?: string;
                objectId?: string;
                /** @description Whom the entry is about; finds nothing once the subject is erased */
                subjectId?: string;
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid`, `request.bad_cursor` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBulkDecision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDecisionResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.bulk_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CampaignResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignResponse"];
                };
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `campaign.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CategoryDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCategory: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCategory"];
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreviewDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCategory: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCategory: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.seed_protected`, `registry.breaks_policy` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                state?: "waiting" | "confirmed" | "rejected" | "expired";
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PendingChangeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmPendingChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.own_change`, `operator.own_benefit`, `operator.second_person_only`, `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.decided`, `change.expired`, `change.proposer_gone`, `change.stale` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectPendingChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.own_change`, `operator.own_benefit`, `operator.second_person_only`, `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.decided`, `change.expired` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientsResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClient"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSecretResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `client.too_many` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `client.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    boundClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BoundClient"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `client.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateClient"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSecretResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `client.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    collectClientSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSecretResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `client.no_secret_due` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchConsents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                purpose?: string;
                /** @description Needs a purpose */
                state?: "granted" | "withdrawn" | "expired" | "stale";
                /** @description The slug of the policy under which it was granted */
                policy?: string;
                /** @description The clause that was shown */
                clause?: string;
                /** @description Changed since */
                from?: string;
                /** @description Changed before */
                to?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FoundConsentDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsentRates: {
        parameters: {
            query?: {
                /** @description Only this purpose */
                purpose?: string;
                /** @description The first day; counted back from the last by `days` when left out */
                from?: string;
                /** @description The last day; today when left out. At most 366 days after the first */
                to?: string;
                /** @description How many days up to the last, where `from` is left out */
                days?: number;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentRatesResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconsentProgress: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconsentResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsentReminders: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReminderResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendConsentReminder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendReminder"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.unknown_purpose` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.no_clause`, `consent.reminded_lately` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewConsentReminder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewReminder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderPreviewResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.unknown_purpose` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.no_clause` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsentReminder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderResponse"];
                };
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.reminder_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadJobsResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDeadJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `job.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainDecision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subjectId: string;
                    /**
                     * @description use when left out, share with a recipient
                     * @enum {string}
                     */
                    action?: "collect" | "use" | "share";
                    /**
                     * @description Needed, except to collect
                     * @example advertising.relevant
                     */
                    purpose: string;
                    /**
                     * @example [
                     *       "log.browsing"
                     *     ]
                     */
                    categories: string[];
                    service?: string;
                    /** @description Another one than service: a use across services */
                    fromService?: string;
                    /** @enum {string} */
                    form?: "aggregated" | "personalised";
                    /** @enum {string} */
                    data?: "collected" | "provided" | "stored";
                    groupSize?: number;
                    /** @description The id or the slug of a recipient */
                    recipientId?: string;
                    region?: string;
                    thirdPartyService?: string;
                    /**
                     * @description To collect or use: it is read on the device, and nothing of it is sent. Left out, the question is whether it may be stored
                     * @enum {string}
                     */
                    storage?: "onDevice";
                    /** @description When the datum came about */
                    occurredAt?: string;
                    /** @description A past instant: what was in force and known then */
                    at?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationResponse"];
                };
            };
            /** @description `request.invalid`, `question.unknownService`, `question.unknownPurpose`, `question.unknownCategory`, `question.unknownRegion`, `recipient.unknown` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSampledRefusals: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                purpose?: string;
                category?: string;
                code?: string;
                from?: string;
                to?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SampledRefusalDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summariseDecisions: {
        parameters: {
            query?: {
                /** @description A day before `to` when left out */
                from?: string;
                /** @description Now when left out */
                to?: string;
                purpose?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionSummaryResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGuardianCases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GuardianCase"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHolders: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHoldersResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterHolder"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid`, `holder.bad_address`, `holder.bad_network` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDatabaseHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterDatabaseHolder"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid`, `holder.bad_database`, `holder.bad_network`, `holder.networks_needed`, `holder.bad_manifest` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerPeople: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterPeople"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid`, `holder.cannot_answer` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHolderCalls: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolderCallsResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolderCheckResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatabaseHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatabaseManifestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.no_database` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeDatabaseHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDatabaseHolder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid`, `holder.bad_database`, `holder.bad_network`, `holder.networks_needed`, `holder.bad_manifest` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.no_database`, `holder.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewHolderRemoval: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolderRemovalResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolderReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    collectHolderSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolderSecret"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found`, `holder.no_secret_due` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceHolderSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolderReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.state`, `holder.signs_nothing` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shadowDatabaseHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShadowRun"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShadowResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.no_database`, `holder.state`, `holder.no_answer` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendHolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolderReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideHolderResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `holder.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                state?: "inForce" | "expired" | "lifted";
                /** @description Of this person alone */
                subjectId?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HoldLineResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceHold"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldResponse"];
                };
            };
            /** @description `hold.unknown_subject`, `hold.unknown_category`, `hold.bad_end`, `hold.bad_period`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHoldDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.minor_look_unapproved`, `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold.not_found`, `attachment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    liftHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiftHold"];
            };
        };
        responses: {
            /** @description Where nobody else could confirm it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `hold.over` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drawHeat: {
        parameters: {
            query: {
                purpose: string;
                /** @description Widened to the beginning of its week, Monday in the zone of the law in force; the week of `to` when left out */
                from?: string;
                /** @description Widened to the end of its week; now when left out */
                to?: string;
                /** @description Of the H3 grid: 5 is some 250 km² a cell, 4 some 1,800, 3 some 12,000, 2 some 87,000 */
                resolution?: number;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeatResponse"];
                };
            };
            /** @description `request.invalid`, `location.too_much`, `question.unknownPurpose` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperatorChanges: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                state?: "waiting" | "confirmed" | "rejected" | "expired";
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OperatorChangeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmOperatorChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmPendingChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorChangeResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.own_change`, `operator.own_benefit`, `operator.second_person_only`, `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.decided`, `change.expired`, `change.proposer_gone`, `change.stale`, `operator.email_taken`, `delivery.not_configured`, `operator.last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectOperatorChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectPendingChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorChangeResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.own_change`, `operator.own_benefit`, `operator.second_person_only`, `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `change.decided`, `change.expired` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperators: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OperatorResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOperator"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.email_taken`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOperator"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.own_roles`, `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.last_administrator` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearOperatorFactors: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `factor.required` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendOperatorPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.inactive`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOperatorSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOutreaches: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OutreachResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendOutreach"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutreachResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outreach.channel_not_configured`, `outreach.sent_lately` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutreachResponse"];
                };
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outreach.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutreachResponse"];
                };
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outreach.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outreach.already_finished` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOwnOperatorPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOwnPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `password.too_short`, `password.too_long`, `password.common`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `session.second_factor_required`, `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openOperatorPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenLink"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkHolderResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.link_unusable` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    useOperatorPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UseLink"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `password.too_short`, `password.too_long`, `password.common`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.link_unusable` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperatorPolicies: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicySummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
                "application/yaml": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCheckDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperatorPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicySummary"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found`, `policy.no_draft` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
                "application/yaml": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDto"];
                };
            };
            /** @description `policy.invalid`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.wrong_state`, `policy.kind_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.if_match_required` */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperatorRevisions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RevisionSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicyTests: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTestsDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found`, `policy.no_tests` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    savePolicyTests: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The tests, as YAML text or as an object */
                    content?: unknown;
                } & {
                    [key: string]: unknown;
                };
                "application/yaml": {
                    /** @description The tests, as YAML text or as an object */
                    content?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTestsDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTestsDto"];
                };
            };
            /** @description `policy.tests_invalid`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.if_match_required` */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runPolicyTests: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunPolicyTests"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTestRunDto"];
                };
            };
            /** @description `policy.tests_invalid`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found`, `policy.no_tests`, `policy.no_draft` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProfiles: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProfileDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPurposes: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PurposeDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPurpose: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPurpose"];
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreviewDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPurpose: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePurpose: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurposeChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurposeDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.seed_protected`, `registry.breaks_policy` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecipients: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RecipientDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addRecipient: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecipient"];
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreviewDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `registry.unknown_region`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecipient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRecipient: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipientChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `registry.unknown_region`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.seed_protected`, `registry.breaks_policy` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequestSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestSettingsResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRequestSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRequestSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestSettingsResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                state?: "awaitingIdentity" | "open" | "awaitingSubject" | "awaitingSecond" | "waiting" | "fulfilling" | "closed" | "lapsed" | "cancelled";
                type?: "access" | "portability" | "correction" | "deletion" | "restriction" | "objection" | "accountClosure" | "explanation" | "inquiry" | "complaint" | "transfer";
                /** @description me, nobody, or the id of an operator */
                assignee?: string;
                /** @description overdue, until the end of today, until the end of the sixth day after it */
                due?: "overdue" | "today" | "week";
                /** @description second: waits for a second look that whoever asks may give; unreachable: a holder does not answer; manual: a holder leaves something to a person, or is gone; appeals: decided anew; officer: waits for a decision that only a privacy officer may make */
                only?: "second" | "unreachable" | "manual" | "appeals" | "officer";
                /** @description Exactly this one */
                number?: string;
                /** @description Arrived in the week of this day, as the figures count it */
                arrivedIn?: string;
                /** @description Answered in the week of this day, as the figures count it */
                answeredIn?: string;
                /** @description Not over, and asked up to so many days ago but longer ago than those of the age before */
                age?: "7" | "15" | "30" | "older";
                /** @description Of this person alone, newest first */
                subjectId?: string;
                /** @description due (as it is without it): what falls due first, first; newest also where what is asked for has no deadline */
                sort?: "due" | "newest";
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["QueuedRequestResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openRequestOnBehalf: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenOnBehalf"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedOnBehalf"];
                };
            };
            /** @description `request.purpose_needed`, `request.corrections_needed`, `request.text_needed`, `request.unknown_category`, `request.unknown_purpose`, `request.one_asker`, `request.account_needed`, `identifier.bad_phone`, `identifier.bad_email`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_many`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideRequestsInBulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideInBulk"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDecisionResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDecisionAnswer"];
                };
            };
            /** @description `request.too_many_at_once`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.nothing_to_decide` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequestFigures: {
        parameters: {
            query: {
                weeks: number;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestStatisticsResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRequestDecision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmDecision"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.own_decision`, `request.not_yours_to_decide`, `request.same_operator`, `subject.minor_look_unapproved`, `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.unknown_operator`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.same_operator`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRequestAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `subject.minor_look_unapproved`, `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found`, `attachment.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequestColleagues: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleaguesResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkRequestToDeceased: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkDeceased"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found`, `request.no_such_person` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_from_relative`, `request.arranged_otherwise`, `request.over` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.reason_needed`, `request.ground_needed`, `request.no_hold`, `request.not_about_this`, `request.not_decided_whole`, `request.answer_needed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_yours_to_decide`, `request.same_operator`, `session.step_up_required`, `subject.minor_look_unapproved`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.exempt`, `request.held`, `request.link_waits`, `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.stale_findings` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WrittenReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.no_extension`, `request.extended_already`, `request.overdue`, `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequestFindings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingsResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.minor_look_unapproved`, `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryFulfilment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.waiting`, `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeManualTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                taskId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteManualTask"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid`, `request.no_copies_wanted`, `attachment.unusable` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_yours_to_do`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found`, `request.no_task` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.state`, `request.still_there` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askAboutRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskSubject"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectRequestDecision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendDecisionBack"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorRequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.own_decision`, `request.not_yours_to_decide`, `request.same_operator`, `subject.minor_look_unapproved`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.conditions_not_met`, `policy.wrong_state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.self_approval`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.content_changed`, `policy.wrong_state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareRevision: {
        parameters: {
            query?: {
                /** @description A revision of the same policy, or inForce; a revision in force itself is then compared with its predecessor */
                with?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewedComparison"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.too_extensive` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.calculating` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewNotice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePreview"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Commented"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.wrong_state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `policy.invalid`, `policy.raise_without_reason`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_approved`, `policy.already_scheduled`, `policy.lead_time_too_short`, `policy.channel_not_configured`, `policy.raise_not_upwards`, `policy.confirmation_missing`, `policy.wrong_state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmissionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `policy.invalid`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.wrong_state`, `policy.warnings_unanswered`, `policy.too_extensive` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRevision: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawalRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.wrong_state` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolesResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServiceDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addService: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewService"];
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreviewDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeService: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.seed_protected`, `registry.breaks_policy` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperatorSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSessions"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInOperator"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSessionResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `session.second_factor_required` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCurrentOperatorSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentOperatorSession"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOutOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFactors: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorsResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposedFactor"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `factor.required` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmFactor"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description `factor.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `factor.nothing_proposed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stepUpOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepUpResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials`, `session.second_factor_required`, `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOperatorSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperatorSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSettings"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setOperatorSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSettings"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSigningKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateKey"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedKey"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchSubjects: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchSubjects"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundSubjects"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSharedIdentifiers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedIdentifiers"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectAcceptances: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AcceptanceDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectConsents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectConsentsResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.unknown` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordSubjectConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordConsentRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentResponse"];
                };
            };
            /** @description `consent.unknown_category`, `consent.unknown_service`, `consent.unknown_recipient`, `consent.unknown_region`, `consent.unknown_revision`, `consent.unknown_clause`, `consent.in_future`, `consent.too_old`, `consent.before_registration`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `consent.guardian_needed`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.unknown`, `consent.unknown_purpose`, `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.not_confirmed`, `guardianship.came_of_age`, `guardianship.age_unknown`, `consent.no_clause`, `consent.too_many`, `subject.closed`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConsentEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvidenceRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `subject.minor_look_unapproved`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.unknown`, `consent.event_not_found`, `consent.no_evidence` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeath: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotedDeathResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.no_death` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawDeath: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawDeath"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.no_death` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectGuardianships: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SubjectGuardianship"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideGuardianship: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                guardianshipId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideGuardianship"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectGuardianship"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found`, `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `guardianship.nothing_to_decide`, `guardianship.came_of_age`, `guardianship.guardian_is_minor`, `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readGuardianEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                guardianshipId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvidenceReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardianEvidence"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `subject.minor_look_unapproved`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found`, `guardianship.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectHoldings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldingsResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectMandates: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorMandateList"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMandate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                mandateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndMandate"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mandate.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMinorLook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MinorLookResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askMinorLook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskMinorLook"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_a_minor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectNotices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SubjectNoticeResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid`, `request.malformed` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubjectPositioning: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectPositioningResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealSubject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealFields"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedFields"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `subject.minor_look_unapproved`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookAtSubjectTelemetry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtEventsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeenEventsResponse"];
                };
            };
            /** @description `request.invalid`, `request.bad_cursor` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealSubjectTelemetry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealValueRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedValueResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `subject.minor_look_unapproved`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found`, `telemetry.event_not_found`, `telemetry.field_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.restricted` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubjectTimeline: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectTimelineResponse"];
                };
            };
            /** @description `request.bad_cursor`, `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subject.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubjectReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                subjectId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        schema_version: string;
                        record_id: string;
                        receipt_id: string;
                        pii_principal_id: string;
                        pii_processing: {
                            [key: string]: unknown;
                        }[];
                        party_identification: {
                            [key: string]: unknown;
                        }[];
                        events: {
                            [key: string]: unknown;
                        }[];
                        /** @description A compact JWS whose payload is this record without the signature */
                        signature: string;
                    } & {
                        [key: string]: unknown;
                    };
                    "application/jose": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `consent.receipt_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summariseTelemetry: {
        parameters: {
            query?: {
                /** @description A day before `to` when left out */
                from?: string;
                /** @description Now when left out */
                to?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestSummaryResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTelemetryVolumes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VolumesResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listThirdPartyServices: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ThirdPartyServiceDto"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addThirdPartyService: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewThirdPartyService"];
            };
        };
        responses: {
            /** @description Of a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreviewDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThirdPartyServiceDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.code_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getThirdPartyService: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThirdPartyServiceDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeThirdPartyService: {
        parameters: {
            query?: {
                /** @description Only say what it would open; nothing is changed */
                dryRun?: boolean;
            };
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThirdPartyServiceChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThirdPartyServiceDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.step_up_required`, `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `registry.seed_protected`, `registry.breaks_policy` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookSubscriptions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSubscriptionsResponse"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addWebhookSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddWebhookSubscription"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSubscriptionResponse"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingChangeAnswer"];
                };
            };
            /** @description `request.bad_webhook_address`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endWebhookSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.webhook_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecretResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.step_up_required`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.webhook_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                state?: "pending" | "delivered" | "dead" | "withdrawn";
            };
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.bad_cursor`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrfToken of the session; needed on everything but GET. */
                "X-Abide-Csrf"?: string;
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResponse"];
                };
            };
            /** @description `request.malformed`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operator.forbidden`, `session.csrf` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook.not_dead` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublicPolicy"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicPolicyText"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pushDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is edited; 412 when it has changed since. */
                "If-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
                "application/yaml": {
                    /** @description The policy, as an object or as YAML text */
                    document?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDto"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDto"];
                };
            };
            /** @description `policy.invalid`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.wrong_state`, `policy.kind_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.stale_edit` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.if_match_required` */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRevisions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PublicRevision"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPublishedRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicPolicyText"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found`, `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChanges: {
        parameters: {
            query?: {
                /** @description The revision to compare with; the one in force before it unless given */
                from?: number;
            };
            header?: never;
            path: {
                slug: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComparisonDto"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy.not_found`, `policy.revision_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRegistrationFields: {
        parameters: {
            query: {
                kind: "person" | "enterprise";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationFieldDto"][];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makePublicRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakePublicRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicRequestAccepted"];
                };
            };
            /** @description `request.text_needed`, `identifier.bad_phone`, `identifier.bad_email`, `attachment.unusable`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPublicRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It, or the earlier one of its kind that it was joined to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.token_invalid` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appealPublicRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.token_invalid` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.nothing_to_appeal`, `request.appeal_too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPublicRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.token_invalid` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.under_way` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendPublicCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicRequestAccepted"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replyToPublicRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.token_invalid` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.over`, `request.too_many_messages` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchPublicPackage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.token_invalid` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.no_package` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.package_expired` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provePublicRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProvePublicRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicRequestToken"];
                };
            };
            /** @description `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.expired`, `verification.exhausted`, `verification.used`, `request.too_many` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInSubject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectTokens"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `verification.wrong_code`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_credentials` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.expired`, `verification.exhausted`, `verification.used`, `delivery.not_configured` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOutSubject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.subject_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshSession"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectTokens"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.invalid_refresh_token`, `session.refresh_reused` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerSubject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterSubject"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `identifier.bad_phone`, `identifier.bad_email`, `password.too_short`, `password.too_long`, `password.common`, `profile.field_not_allowed`, `registration.guardian_needed`, `registration.too_young`, `registration.field_required`, `registration.guardian_is_registrant`, `registration.implausible_birth_date`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_configured`, `acceptance.missing`, `acceptance.not_in_force` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendTelemetry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Made once per batch: sent again it is answered as the first time */
                    batchId: string;
                    events: ({
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.device";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            manufacturer?: string;
                            model?: string;
                            osName?: string;
                            osVersion?: string;
                            appVersion?: string;
                            language?: string;
                            screen?: string;
                            configuration?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            deviceName?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.deviceIdentifier";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            /** @enum {string} */
                            kind?: "installation" | "advertising" | "vendor" | "hardware";
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            identifier?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.cookie";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            name?: string;
                            lifetimeDays?: number;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            value?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.network";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            /** @enum {string} */
                            networkType?: "wifi" | "cellular" | "wired" | "none" | "unknown";
                            carrier?: string;
                            countryCode?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            ip?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.search";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            scope?: string;
                            resultCount?: number;
                            sortedBy?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            query?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.browsing";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            page?: string;
                            section?: string;
                            dwellMilliseconds?: number;
                            /** @enum {string} */
                            referrer?: "internal" | "external" | "none";
                            browser?: string;
                            browserVersion?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            url?: string;
                            contentId?: string;
                            title?: string;
                            sessionId?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.appUsage";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            feature?: string;
                            action?: string;
                            screen?: string;
                            durationMilliseconds?: number;
                            appVersion?: string;
                            result?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            detail?: string;
                            stack?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.appInventory";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            appCount?: number;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            apps?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "log.communication";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            /** @enum {string} */
                            kind?: "call" | "message" | "video";
                            /** @enum {string} */
                            direction?: "incoming" | "outgoing";
                            durationSeconds?: number;
                            byteCount?: number;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            peer?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "content.metadata";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            /** @enum {string} */
                            mediaType?: "photo" | "video" | "recording" | "document";
                            byteCount?: number;
                            format?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            takenAt?: string;
                            latitude?: number;
                            longitude?: number;
                            placeName?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "client.signIn";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            method?: string;
                            /** @enum {string} */
                            result?: "succeeded" | "failed";
                            osVersion?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            ip?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "client.instruction";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            instruction?: string;
                            target?: string;
                            result?: string;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            text?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "usage.habit";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            function?: string;
                            scene?: string;
                            tag?: string;
                            count?: number;
                            hourOfDay?: number;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            note?: string;
                        };
                    } | {
                        /** @description Made once, where the event happened; sent again it is stored once */
                        eventId: string;
                        subjectId: string;
                        /** @enum {string} */
                        category: "feedback.opinion";
                        /** @description At most 7 days ago */
                        occurredAt: string;
                        service: string;
                        /** @description The id or code of the third-party service that it belongs to */
                        thirdPartyServiceId?: string;
                        /** @description Left out or empty: every purpose that allows it */
                        purposes?: string[];
                        /**
                         * @description By which means it was recorded
                         * @enum {string}
                         */
                        means?: "cookie" | "web" | "app";
                        /** @description The subject says that it is sensitive */
                        sensitive?: boolean;
                        /** @description Stored in plain, for analysis: nothing that identifies anybody */
                        attributes?: {
                            topic?: string;
                            rating?: number;
                        };
                        /** @description Stored sealed under the key of the subject */
                        personal?: {
                            text?: string;
                            contact?: string;
                        };
                    })[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `batch.reused` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.unsupported_encoding` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service.busy`, `service.unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queryTelemetry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TelemetryQueryRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryQueryResponse"];
                };
            };
            /** @description `request.invalid`, `request.bad_cursor`, `question.unknownPurpose`, `question.unknownCategory`, `question.unknownService` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `access.scope_missing` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTelemetrySchemas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemasResponse"];
                };
            };
        };
    };
    confirmVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmVerification"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredSubject"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `verification.wrong_code`, `password.too_short`, `password.too_long`, `password.common`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.expired`, `verification.exhausted`, `verification.used`, `verification.other_route`, `identifier.taken`, `guardianship.guardian_is_minor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session.too_many_attempts`, `session.account_stopped`, `password.busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating a request with the same key answers what the first one did, for at least 24 hours. `idempotency.key_reused` (422): the key came with another body; `idempotency.not_replayable` (409): the answer held secrets and was not kept; `idempotency.bad_key` (400). */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResponse"];
                };
            };
            /** @description `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `verification.expired`, `verification.exhausted`, `verification.used`, `verification.sent_too_often` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `access.unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
