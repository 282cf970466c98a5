#!/bin/sh
# Run behind `dbt build`: the files that external models wrote are released only where the gate lets them pass.
#   dbt build && examples/dbt/gate.sh target/external && examples/publish.sh
set -eu
datatrawl gate --quiet --fail-on 'prohibited>=possible,high>=likely,user.contact>=likely' "${1:-target/external}"
