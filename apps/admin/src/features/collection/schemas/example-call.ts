/** A batch of one event, as a service sends it from a shell; `$TOKEN`, `$SUBJECT_ID` and fresh UUIDs are the reader's. */
export function exampleCall(origin: string): string {
  return `curl ${origin}/api/v1/telemetry/batches \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{
    "batchId": "'$(uuidgen)'",
    "events": [{
      "eventId": "'$(uuidgen)'", "subjectId": "'$SUBJECT_ID'", "category": "log.browsing",
      "occurredAt": "'$(date -u +%FT%TZ)'", "service": "ticketing", "means": "app",
      "attributes": { "page": "event.list", "dwellMilliseconds": 5200 },
      "personal": { "contentId": "concert-118" }
    }]
  }'`;
}
