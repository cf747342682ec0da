"""The workflow that builds the packages takes nothing that can change under it, and may write nothing."""

import re
from pathlib import Path

import yaml

WORKFLOW = Path(__file__).resolve().parents[3] / ".github" / "workflows" / "package.yml"


def test_actions_are_pinned_to_a_commit_and_say_which_release_it_is() -> None:
    lines = [line for line in WORKFLOW.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    pinned = re.compile(r"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
    assert [line for line in lines if not pinned.search(line)] == []


def test_it_may_only_read_and_every_job_ends() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"].values()
    assert len(jobs) == 3
    assert all("permissions" not in job and job["timeout-minutes"] <= 60 for job in jobs)


def test_what_it_runs_is_in_the_repository() -> None:
    scripts = re.findall(r"packaging/[\w/.]+\.(?:sh|ps1)", WORKFLOW.read_text(encoding="utf-8"))
    assert len(scripts) == 3
    assert [script for script in scripts if not (WORKFLOW.parents[2] / script).is_file()] == []
