# Reads CTest's LastTest.log and prints what the Qt Test programs counted, together. A program that gives no
# totals (crashed, timed out, could not be started), or fails with none of its tests failed, counts as one failed.
function finish() {
  if (name == "") return
  if (!totals || (!well && !failed_here)) { failed++; broken = broken "\n  " name }
  name = ""
}
/^[0-9]+\/[0-9]+ Testing: / { finish(); name = $3; totals = well = failed_here = 0 }
/^SKIP   : / { skips = skips "\n  " substr($0, 10) }
/^FAIL!  : / { fails = fails "\n  " substr($0, 10) }
/^Totals: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped/ {
  totals = 1; passed += $2; failed += $4; failed_here += $4; skipped += $6
}
/^Test Passed\.$/ { well = 1 }
END {
  finish()
  if (status != 0 && failed == 0) { failed++; broken = broken "\n  ctest, with status " status }
  if (skips != "") print "Skipped:" skips
  if (fails != "") print "Failed:" fails
  if (broken != "") print "Ended badly:" broken
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit failed > 0 || passed == 0
}
