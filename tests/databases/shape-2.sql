pragma application_id = 1835889713;
pragma user_version = 2;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
insert into _sqlite_migrations (id, migration_set, name, applied_at) values (1, 'mmt', 'first_shape', '2026-11-29 08:49:04.757771+00:00');
insert into _sqlite_migrations (id, migration_set, name, applied_at) values (2, 'mmt', 'found_by_spelling_birth_and_chart', '2026-11-29 08:49:04.764852+00:00');
CREATE TABLE clinic (
  id integer primary key check (id = 1), letterhead text not null, created_at text not null
) strict;
insert into clinic (id, letterhead, created_at) values (1, '{"name":"Quillfeather Chiropractic","address":"1 Example Street","telephone":"555 0100","email":""}', '2026-03-02T09:30:15.250000+00:00');
CREATE TABLE practitioners (
  id integer primary key, name text not null unique, since text not null
) strict;
insert into practitioners (id, name, since) values (1, 'Dr Example', '2026-03-02T09:30:15.250000+00:00');
CREATE TABLE patients (
  id integer primary key, name text not null, birth_date text not null, sex text not null,
  handedness text not null, language text not null, chart_number text not null, large_print integer not null,
  created_at text not null
) strict;
insert into patients (id, name, birth_date, sex, handedness, language, chart_number, large_print, created_at) values (1, 'Łukasz Żółć-O''Brien [L]', '1980-05-17', 'unknown', 'unknown', 'en', 'A-1', 0, '2026-03-02T09:30:15.250000+00:00');
insert into patients (id, name, birth_date, sex, handedness, language, chart_number, large_print, created_at) values (2, 'Second Person', '1980-05-17', 'unknown', 'unknown', 'en', '', 0, '2026-03-02T09:30:15.250000+00:00');
CREATE VIRTUAL TABLE patients_search using fts5(
  name, birth_date, chart_number, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
insert into patients_search (rowid, name, birth_date, chart_number) values (1, 'lukasz zolc-o''brien [l] lukasz zolc-obrien [l]', '1980-05-17', 'a-1');
insert into patients_search (rowid, name, birth_date, chart_number) values (2, 'second person', '1980-05-17', '');
CREATE TABLE protocols (hash text primary key, body blob not null) strict, without rowid;
insert into protocols (hash, body) values ('eb420ced46d661bf708047a8d15bd391a9e12241143f3cdd426fb3582b37162b', cast('{"sources":{},"scales":{"MRC-8":{"id":"MRC-8","sources":["L3","MRC","L4"],"evidence":"textbook","reviewed":false,"name":"MRC with 4- and 4+","about":"Grade 4 in three steps. More levels do not mean more agreement: chiropractors agreed less when 4+ was added (48 against 64 per cent).","steps":[{"code":"0","word":"No contraction","criterion":"No contraction is seen or felt.","letter":"","kendall":"0"},{"code":"1","word":"Flicker","criterion":"A contraction is seen or felt, or the tendon stands out; nothing moves.","letter":"","kendall":"T"},{"code":"2","word":"Movement with gravity eliminated","criterion":"Moves with gravity eliminated, or through only part of the range against gravity.","letter":"","kendall":"2"},{"code":"3","word":"Movement against gravity","criterion":"The full range against gravity, or the test position held, without added pressure.","letter":"","kendall":"5"},{"code":"4-","word":"Slight resistance","criterion":"Holds against slight pressure only.","letter":"","kendall":"7"},{"code":"4","word":"Moderate resistance","criterion":"Holds against moderate pressure and yields to strong pressure.","letter":"","kendall":"8"},{"code":"4+","word":"Strong resistance","criterion":"Holds against strong pressure, yet weaker than a sound limb.","letter":"","kendall":"9"},{"code":"5","word":"Normal power","criterion":"Holds against strong pressure; the examiner cannot break it, age, sex and build allowed for.","letter":"","kendall":"10"}]}},"tests":{"GMED":{"kind":"muscle","id":"GMED","sources":["DW","K","L15","L27","L43","L44","L49","L52"],"evidence":"textbook","reviewed":false,"name":"Gluteus medius","position":"side-lying","region":"leg","sides":"each","seen_from":"front","notes":"Add the Trendelenburg test. In chronic low back pain graded weaker than in controls and than on the patient''s own good side (150 and 75 people). L5 and S1 give the main supply. In foot drop it tells a root from the peroneal nerve: weak in 86 per cent of radiculopathies and 4 per cent of peroneal neuropathies (61 patients). For the L5 level the likelihood ratio of its weakness is 5 or more.","action":"hip abduction, leg slightly behind the trunk (Kendall: turned out a little as well)","nerve":"superior gluteal nerve","roots":["L4","L5","S1"],"primary_roots":["L5"],"minor_roots":[],"against_gravity":"Side-lying, test leg on top, just behind the line of the trunk; pelvis rolled slightly forward, lower leg bent. Lifts the leg.","gravity_eliminated":"Supine; you take the weight at the ankle; the leg slides out without rotation.","fix":"The iliac crest.","resist":"Outer ankle (long lever) or outer knee (short lever): push straight down. Keep the same lever at each visit.","substitutions":[{"id":"TFL","text":"The pelvis rolls back, the toes turn up, the hip bends: tensor fasciae latae."},{"id":"QL","text":"The hip hikes: quadratus lumborum."}],"antagonists":["ADD"],"criteria":{},"variants":{"ankle":{"text":"Resisted at the ankle: the long lever, for grade 5.","position":null,"seen_from":null,"resist":""},"knee":{"text":"Resisted above the knee: the short lever, for a painful knee or a long leg.","position":null,"seen_from":null,"resist":""}},"measure":"grade"},"SLR":{"kind":"sign","id":"SLR","sources":["L55","L57","L59","Capra2011","Pesonen2021","Maj"],"evidence":"checked","reviewed":false,"name":"Straight leg raise","position":"supine","region":"leg","sides":"each","seen_from":"front","notes":"Under 30 degrees counts as a highly irritable nerve.","steps":["Supine, head flat, both legs straight.","Raise the leg with the knee straight until the patient''s symptom starts; read the angle.","Lower a little, then pull the foot up, turn the hip in or bend the neck: does the symptom come back?","Ask where it is felt and whether it is the usual pain."],"positive":"The patient''s own leg pain, below the knee, between about 30 and 70 degrees, worse with the foot pulled up or the neck bent. Tightness of the thigh alone is negative.","group":"nerve","speaks_for":"same","degrees":true,"most":150.0,"accuracy":"Against surgery, pooled: sensitivity 0.92 (0.87 to 0.95), specificity 0.28 (0.18 to 0.40). Against MRI lower and more mixed: 0.36 and 0.74 in 2,352 patients, 0.88 and 0.43 in 33, 0.52 and 0.89 in one series of 75. With hip rotation or dorsiflexion added two examiners agree well (kappa 0.85). For entrapment in the deep gluteal region, against endoscopy: 0.15 and 0.95."},"TA":{"kind":"muscle","id":"TA","sources":["DW","K","L16","L42"],"evidence":"textbook","reviewed":false,"name":"Tibialis anterior","position":"sitting","region":"leg","sides":"each","seen_from":"front","notes":"Key muscle L4 of the ISNCSCI. Its main root is L4; in the clinic it behaves as a mixed L4 and L5 muscle. Walking on the heels is the functional check.","action":"ankle dorsiflexion with inversion","nerve":"deep peroneal (fibular) nerve","roots":["L4","L5"],"primary_roots":["L4"],"minor_roots":[],"against_gravity":"Sits, heel on your thigh (or supine); pulls the foot up and in.","gravity_eliminated":"The same through part of the range, or side-lying.","fix":"Lower leg above the malleoli.","resist":"Inner top of the foot: push down and out.","substitutions":[{"id":"EHL","text":"The great toe pulls up."},{"id":"EDL","text":"The small toes pull up."}],"antagonists":["GAS","SOL","PER"],"criteria":{},"variants":{"isncsci":{"text":"ISNCSCI: supine, full dorsiflexion.","position":"supine","seen_from":null,"resist":""}},"measure":"grade"}},"exams":{"sciatica-quick":{"id":"sciatica-quick","sources":["derived"],"evidence":"derived","reviewed":false,"name":"Sciatica, quick screen","about":"Ten muscles a side with the straight leg raise, the seated piriformis test and hamstring length, and leg length by tape, blocks and prone check. About ten minutes.","tests":["HF","QUAD","TA","TP","EHL","PER","SPIR","SLR","L-PKE","GMED","GMAX","HAML","GAS"],"leg_length":["LL-TRUE","LL-PRONE","LL-BLOCK"],"scale":"MRC-8","variant":""}},"safety":{},"precautions":{},"story":{},"stretches":{},"bodies":{},"figures":{},"patterns":{},"rules":{"weakness":{"id":"weakness","sources":["derived"],"evidence":"derived","reviewed":false,"possible":"4+","present":"4","marked":"3"},"side_difference":{"id":"side-difference","sources":["L67","L68","L73","L74","L75","derived"],"evidence":"derived","reviewed":false,"possible":1,"present":2,"marked":4,"marked_at":"3"},"motor_alarm":{"id":"motor-alarm","sources":["L100","L101","derived"],"evidence":"derived","reviewed":false,"muscles":["HF","QUAD","TA","EHL","TP","PER","GAS","GMED","GMAX","BIC","WE","TRI","FF","INT"],"level":"3","fall":2,"pained_level":"2","pained_fall":4,"counts":{"HEEL-RAISE":1},"both_sides":"4","questions":"cauda-equina"},"change":{"id":"change","sources":["L4","L5","L7","L9","derived"],"evidence":"derived","reviewed":false,"likely":2},"leg_length":{"id":"leg-length","sources":["L80","L82","L86","derived"],"evidence":"derived","reviewed":false,"common_under":6.0,"small_under":10.0,"mild_under":20.0},"lift":{"id":"lift","sources":["L88","L89","L90","L91","L92a","L92b","L92c","L92d","L92e","L95","Heilig","Seed","derived"],"evidence":"weak","reviewed":false,"first":3.0,"step":3.0,"weeks_least":1,"weeks_most":2,"share_from":50.0,"share_to":70.0,"limit":10.0,"elsewhere":"sources say 6 to 20","stop_days":2,"recheck_weeks":2},"irritability":{"id":"irritability","sources":["derived"],"evidence":"derived","reviewed":false,"precaution":"IRR","raises":["SLR"],"under_degrees":30.0,"leg_pain":"nprs_leg","leg_pain_over":7.0,"night_pain":"night_pain"},"selection":{"id":"selection","sources":["L134","L135","derived"],"evidence":"derived","reviewed":false,"nerve":1,"stretch":2,"strength":1,"fewest":2,"most":5},"upper_motor_neuron":{"id":"upper-motor-neuron","sources":["Fin","Pre"],"evidence":"textbook","reviewed":false,"precaution":"UMN","reflex_from":3,"question":"upper-motor-neuron"},"key_muscles":{"id":"key-muscles","sources":["ISN","L13","derived"],"evidence":"textbook","reviewed":false,"upper":["BIC","WE","TRI","FF","INT"],"lower":["HF","QUAD","TA","EHL","GAS"],"whole":{"3-":"2"}},"patterns":{"id":"patterns","sources":["L42","L53","L54","derived"],"evidence":"derived","reviewed":false,"weak":"4","normal":"5","marked":"3","depth":0.25,"possible":0.5,"substituted":0.5,"spared_nerve":1.0,"spared_root":0.5,"spared_root_mild":0.25,"quiet":0.25,"stray":0.5,"fewest":2.0,"contradictions":1,"least":1.0,"margin":1.0,"alone":3},"next_test":{"id":"next-test","sources":["L44","L45","Wisconsin","MedLinkFemoral"],"evidence":"checked","reviewed":false,"most":3,"sign_weight":0.5,"published":[{"test":"GMED","when":["TA"],"figure":"With foot drop, weak hip abduction speaks for an L5 root rather than the peroneal nerve: sensitivity 85.7 %, specificity 96.4 % (61 patients)."},{"test":"TP","when":["TA"],"figure":"With foot drop, normal inversion speaks for the peroneal nerve rather than an L5 root."},{"test":"ADD","when":["QUAD"],"figure":"With a weak quadriceps, normal adductors speak for the femoral nerve rather than an L3 root."}]},"pairs":{"id":"pairs","sources":["L70","Aagaard","Tyler2001","McGill1999","Ellenbecker","derived"],"evidence":"derived","reviewed":false,"pairs":[["HF","GMAX"],["QUAD","HAMM"],["QUAD","HAML"],["ADD","GMED"],["TFL","GMAX"],["TFL","GMED"],["HER","HIR"],["TA","GAS"],["TP","PER"],["UAB","BEX"],["LAB","BEX"],["PMC","MT"],["PMC","RH"],["PMS","MT"],["PMS","RH"],["PMI","LT"],["UT","LT"],["SA","RH"],["ISP","SSC"],["AD","PD"],["BIC","TRI"],["WE","WF"],["DNF","NEX"]]},"lower_crossed":{"id":"lower-crossed","sources":["L71","Jan","L72","L49"],"evidence":"weak","reviewed":false,"name":"lower-crossed pattern","short":[["L-THO"],["L-RF","L-ELY"],["L-TFLa","L-OBER"],["L-QL"],["L-SLR","L-PKE"],["L-ADD"],["L-PIR"]],"weak":["UAB","LAB","OBL","GMAX","GMED","GMIN"],"weak_from":"4","fewest_short":2,"fewest_weak":2},"upper_crossed":{"id":"upper-crossed","sources":["L71","Jan","L72"],"evidence":"weak","reviewed":false,"name":"upper-crossed pattern","short":[["L-UT"],["L-PMI"]],"weak":["DNF","LT","MT","RH","SA"],"weak_from":"4","fewest_short":2,"fewest_weak":2}}}' as blob));
CREATE TABLE visits (
  id integer primary key, patient integer not null references patients(id), date text not null,
  examiner text not null, scale text not null, exam text not null,
  protocol text not null references protocols(hash), started_at text not null,
  place text not null default '', note text not null default '', next_visit text not null default '',
  action text not null default '', override text, prescription text
) strict;
insert into visits (id, patient, date, examiner, scale, exam, protocol, started_at, place, note, next_visit, action, override, prescription) values (1, 1, '2026-03-02', 'Dr Example', 'MRC-8', 'sciatica-quick', 'eb420ced46d661bf708047a8d15bd391a9e12241143f3cdd426fb3582b37162b', '2026-03-02T09:30:15.250000+00:00', 'sign', 'It''s noted', '', 'None needed', NULL, '[]');
insert into visits (id, patient, date, examiner, scale, exam, protocol, started_at, place, note, next_visit, action, override, prescription) values (2, 2, '2026-03-02', 'Dr Example', 'MRC-8', 'sciatica-quick', 'eb420ced46d661bf708047a8d15bd391a9e12241143f3cdd426fb3582b37162b', '2026-03-02T09:30:15.250000+00:00', '', '', '', '', NULL, NULL);
CREATE TABLE open_visits (visit integer primary key references visits(id) on delete cascade) strict;
insert into open_visits (visit) values (2);
CREATE TABLE observations (
  id integer primary key, visit integer not null references visits(id), test text not null,
  side text, trial integer not null, value text, examiner text not null, scale text not null,
  recorded_at text not null
) strict;
insert into observations (id, visit, test, side, trial, value, examiner, scale, recorded_at) values (1, 1, 'SLR', 'left', 1, '{"test":"SLR","side":"left","degrees":42.5,"result":"positive"}', 'Dr Example', 'MRC-8', '2026-03-02T09:30:15.250000+00:00');
insert into observations (id, visit, test, side, trial, value, examiner, scale, recorded_at) values (2, 1, 'TA', 'right', 1, '{"test":"TA","side":"right","grade":"4"}', 'Dr Example', 'MRC-8', '2026-03-02T09:30:15.250000+00:00');
insert into observations (id, visit, test, side, trial, value, examiner, scale, recorded_at) values (3, 1, 'TA', 'right', 1, '{"test":"TA","side":"right","grade":"4-"}', 'Dr Example', 'MRC-8', '2026-03-02T09:30:15.250000+00:00');
insert into observations (id, visit, test, side, trial, value, examiner, scale, recorded_at) values (4, 2, 'TA', 'right', 1, '{"test":"TA","side":"right","grade":"3"}', 'Dr Example', 'MRC-8', '2026-03-02T09:30:15.250000+00:00');
CREATE TABLE answers (
  id integer primary key, visit integer not null references visits(id), topic text not null,
  question text not null, value text, recorded_at text not null
) strict;
insert into answers (id, visit, topic, question, value, recorded_at) values (1, 1, 'safety', 'fever', 'false', '2026-03-02T09:30:15.250000+00:00');
insert into answers (id, visit, topic, question, value, recorded_at) values (2, 1, 'story', 'pain', '3', '2026-03-02T09:30:15.250000+00:00');
insert into answers (id, visit, topic, question, value, recorded_at) values (3, 1, 'precautions', 'OST', 'true', '2026-03-02T09:30:15.250000+00:00');
CREATE TABLE decisions (
  id integer primary key, visit integer not null references visits(id), finding text not null,
  decision text, recorded_at text not null
) strict;
insert into decisions (id, visit, finding, decision, recorded_at) values (1, 1, 'weakness:TA:right', '{"verdict":"accepted","by":"Dr Example","at":"2026-03-02T09:30:15.250000Z"}', '2026-03-02T09:30:15.250000+00:00');
CREATE TABLE signatures (
  visit integer primary key references visits(id), signed_by text not null, signed_at text not null,
  digest text not null, kept text not null
) strict;
insert into signatures (visit, signed_by, signed_at, digest, kept) values (1, 'Dr Example', '2026-03-02T09:30:15.250000+00:00', '15ffe46e24feeabc21f39dd2a5a5377047326168eaa87c6519a18348186eb5e5', '{}');
CREATE TABLE addenda (
  id integer primary key, visit integer not null references visits(id), text text not null,
  written_by text not null, written_at text not null
) strict;
insert into addenda (id, visit, text, written_by, written_at) values (1, 1, 'Telephoned', 'Dr Example', '2026-03-02T09:30:15.250000+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX visits_of_patient on visits(patient, date, id);
CREATE INDEX visits_of_day on visits(date, patient);
CREATE INDEX observations_of_visit on observations(visit, id);
CREATE INDEX answers_of_visit on answers(visit, id);
CREATE INDEX decisions_of_visit on decisions(visit, id);
CREATE INDEX patients_of_birth_date on patients(birth_date);
CREATE INDEX patients_of_chart on patients(chart_number collate nocase);
CREATE TRIGGER visits_insert_signed before insert on visits when exists (select 1 from signatures where signatures.visit in (new.id)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER visits_update_signed before update on visits when exists (select 1 from signatures where signatures.visit in (old.id, new.id)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER visits_delete_signed before delete on visits when exists (select 1 from signatures where signatures.visit in (old.id)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER observations_insert_signed before insert on observations when exists (select 1 from signatures where signatures.visit in (new.visit)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER answers_insert_signed before insert on answers when exists (select 1 from signatures where signatures.visit in (new.visit)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER decisions_insert_signed before insert on decisions when exists (select 1 from signatures where signatures.visit in (new.visit)) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER observations_insert_again before insert on observations when exists (select 1 from observations where id = new.id) begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER observations_update_never before update on observations begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER observations_delete_never before delete on observations begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER answers_insert_again before insert on answers when exists (select 1 from answers where id = new.id) begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER answers_update_never before update on answers begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER answers_delete_never before delete on answers begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER decisions_insert_again before insert on decisions when exists (select 1 from decisions where id = new.id) begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER decisions_update_never before update on decisions begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER decisions_delete_never before delete on decisions begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER protocols_insert_again before insert on protocols when exists (select 1 from protocols where hash = new.hash) begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER protocols_update_never before update on protocols begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER protocols_delete_never before delete on protocols begin select raise(abort, 'what is recorded stays: rows are only added'); end;
CREATE TRIGGER signatures_insert_again before insert on signatures when exists (select 1 from signatures where visit = new.visit) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER signatures_update_never before update on signatures begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER signatures_delete_never before delete on signatures begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER addenda_insert_again before insert on addenda when exists (select 1 from addenda where id = new.id) begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER addenda_update_never before update on addenda begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER addenda_delete_never before delete on addenda begin select raise(abort, 'the visit is signed'); end;
CREATE TRIGGER addenda_insert_unsigned before insert on addenda when not exists (select 1 from signatures where signatures.visit in (new.visit)) begin select raise(abort, 'the visit is not signed'); end;
