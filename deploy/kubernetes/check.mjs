// Checks job.yaml against the schema of Kubernetes' API, and that the check finds a mistake.
//
//   cd "$(mktemp -d)" && npm install kubernetes-models@4.5.1 yaml@2.9.1
//   cp REPOSITORY/deploy/kubernetes/{check.mjs,job.yaml} . && node check.mjs job.yaml

import { readFileSync } from "node:fs";
import YAML from "yaml";
import { Job } from "kubernetes-models/batch/v1";

const job = YAML.parse(readFileSync(process.argv[2], "utf8"));
new Job(job).validate();
console.log("conforms to batch/v1 Job");

job.spec.podFailurePolicy.rules[1].action = 3;
try {
  new Job(job).validate();
  console.log("the check does not find a wrong action");
  process.exitCode = 1;
} catch {
  console.log("a wrong action is found");
}
