#!/usr/bin/env bash
# Tries the job array on a cluster of this one machine: slurmctld, slurmd and munged on the loopback interface, in a
# folder of their own. Builds the same reports once in a single run and once as an array of eight, kills one task, and
# compares the results byte for byte. One report has an error and must be refused, once.
#
# usage: deploy/slurm/try.sh [PROGRAM [COUNT]]     (default: target/release/gongbao 2000; as root, on Debian)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$(realpath "${1:-target/release/gongbao}")
count=${2:-2000}

missing=()
for pair in slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client munged:munge python3:python3; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
if ((${#missing[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

folder=$(mktemp -d -t gongbao-slurm.XXXXXX)
daemons=()
stop() {
  ((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
}
trap stop EXIT

# --- The cluster -------------------------------------------------------------

mkdir "$folder"/{munge,state,spool}
head -c 1024 /dev/urandom >"$folder/munge/key"
chmod 600 "$folder/munge/key"
chmod 755 "$folder"
munged --foreground --force --key-file "$folder/munge/key" --socket "$folder/munge/socket" --pid-file "$folder/munge/pid" \
  --log-file "$folder/munge/log" --seed-file "$folder/munge/seed" >/dev/null 2>&1 &
daemons+=($!)
host=$(hostname -s)
cat >"$folder/slurm.conf" <<END
ClusterName=try
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
MinJobAge=86400
NodeName=$host NodeAddr=127.0.0.1 CPUs=8 RealMemory=16000 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
END
export SLURM_CONF=$folder/slurm.conf
until [[ -S $folder/munge/socket ]]; do sleep 0.2; done
slurmctld -D -c >/dev/null 2>&1 &
daemons+=($!)
slurmd -D >/dev/null 2>&1 &
daemons+=($!)
for _ in {1..100}; do
  [[ $(sinfo -h -o %T 2>/dev/null) == idle ]] && break
  sleep 0.3
done
sinfo

# --- The reports -------------------------------------------------------------

python3 benches/reports.py "$count" "$folder/reports" >/dev/null
# One with a sum that does not hold.
refused=$(find "$folder/reports" -name '*.toml' | sort | sed -n "$((count / 2))p")
python3 - "$refused" <<'END'
import re, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
# The last figure of the first row is its total.
text, changed = re.subn(r"(?m)^(new = \[.*, )(\d+)\]", lambda m: f"{m[1]}{int(m[2]) + 1}]", text, count=1)
assert changed, "no row of figures"
open(path, "w", encoding="utf-8").write(text)
END
echo "$count reports, with an error in $(basename "$refused")"

# --- A single run ------------------------------------------------------------

cd "$folder"
code=0
start=$SECONDS
"$program" build reports -o single --csv single.csv >single.log 2>&1 || code=$?
echo "single run: exit code $code, $((SECONDS - start)) s"
[[ $code == 1 ]]

# --- The array ---------------------------------------------------------------

start=$SECONDS
job=$(GONGBAO=$program sbatch --parsable --output="$folder/task-%a.log" "$OLDPWD/deploy/slurm/gongbao.sbatch" reports array)
echo "job $job"
# Kills the program of task 3 once it has built some reports, as a machine without memory would.
for _ in {1..600}; do
  victim=$(pgrep -f -- "--csv array.csv/3.csv" | while read -r id; do
    [[ $(readlink "/proc/$id/exe") == "$program" ]] && echo "$id"
  done || true)
  built=$(grep -c '^已生成' task-3.log 2>/dev/null || true)
  [[ -n $victim && ${built:-0} -ge 2 ]] && break
  sleep 0.2
done
kill -9 $victim
echo "killed task 3 (process $victim) after $built reports"
while [[ -n $(squeue -h -j "$job" -o %i 2>/dev/null) ]]; do
  sleep 1
done
echo "array: $((SECONDS - start)) s"
scontrol show job "$job" | awk -F'[ =]+' '
  { for (i = 1; i < NF; i++) { if ($i == "ArrayTaskId") task = $(i + 1); if ($i == "JobState") state = $(i + 1); if ($i == "ExitCode") code = $(i + 1); if ($i == "Restarts") again = $(i + 1) } }
  /^$/ { printf "task %s: %s, exit code %s, restarts %s\n", task, state, code, again }' | sort

# --- The comparison ----------------------------------------------------------

diff -r --exclude='.gongbao*' single array && echo "outputs: the same"
# The task that was killed finds what it had built already: 没有变化 instead of 已生成.
head -n 1 single.csv >all.csv
tail -q -n +2 array.csv/*.csv | sort >>all.csv
echo "found built after the kill: $(grep -c ,没有变化, all.csv)"
{ head -n 1 single.csv; tail -n +2 single.csv | sort; } | cmp - <(sed 's/,没有变化,/,已生成,/' all.csv) &&
  echo "lists of results: the same"
echo "reports of the error: $(cat task-*.log | grep -c "^退回 .*$(basename "$refused")") in the logs, $(grep -c "$(basename "$refused" .toml)" all.csv) in the lists"
echo "left in $folder"
