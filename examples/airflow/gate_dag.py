"""A task of Airflow between an export and its release: where the gate fails, nothing behind it runs."""

from airflow.operators.bash import BashOperator
from airflow.sdk import DAG

GATE = "datatrawl gate --quiet --policy policy.toml --recipient psp exports"

with DAG(dag_id="release_exports", schedule=None) as dag:
    gate = BashOperator(task_id="gate", bash_command=GATE, cwd="/srv/data", append_env=True)
