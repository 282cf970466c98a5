"""DuckDB as executor of a plan: rows go and cells become null by the keys of ops.parquet. PLAN FILE RESULT"""

import sys

import duckdb

plan, path, result = sys.argv[1:]
con = duckdb.connect()
con.execute("create table t as select * from read_csv(?, all_varchar = true)", [path])
con.execute("create table ops as select *, record_key['id'] as id from read_parquet(?)", [plan + "/ops.parquet"])
con.execute(
    "create table result as select op_id, (select count(*) from t where t.id = ops.id) as rows_affected, 'duckdb' as executor"
    " from ops where kind = 'record' or (kind = 'cell' and action = 'null' and column_name = 'phone')"
)
con.execute("update t set phone = null from ops where t.id = ops.id and ops.kind = 'cell' and ops.column_name = 'phone'")
con.execute("delete from t using ops where t.id = ops.id and ops.kind = 'record'")
con.execute(f"copy t to '{path}' (format csv, header)")
con.execute(f"copy (select * from result order by op_id) to '{result}' (format parquet)")
