# shellcheck shell=bash
# Changes to the code that tests must notice.

check 'tests notice changed code' bash tests/mutation/run.sh validation
