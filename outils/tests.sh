#!/usr/bin/env bash
# Every gate, one after the other, even after a failure; then what passed and what did not. `make tests` calls it.
set -uo pipefail

gates=(style types contrats unites navigateur postgres)
failed=() lines=()
for gate in "${gates[@]}"; do
  printf '\n=== %s\n' "$gate"
  start=$SECONDS
  if make --no-print-directory "$gate"; then
    verdict="réussi"
  else
    verdict="ÉCHEC"
    failed+=("$gate")
  fi
  lines+=("$(printf '  %-12s %s (%d s)' "$gate" "$verdict" $((SECONDS - start)))")
done

printf '\n=== résumé (%d s)\n' "$SECONDS"
printf '%s\n' "${lines[@]}"
echo "$((${#gates[@]} - ${#failed[@]})) passed, ${#failed[@]} failed"
[ ${#failed[@]} -eq 0 ]
