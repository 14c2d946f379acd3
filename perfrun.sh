. /tmp/w/env-P.sh
export NODE_OPTIONS="$NODE_OPTIONS --perf-basic-prof --interpreted-frames-native-stack"
PERF=$1 CELLS=${CELLS:-crowd} ROOTS=$1=$2 W=${W:-8000} N=${N:-2000} ROUNDS=1 timeout 500 node --require /tmp/w/P/hook.cjs /tmp/w/P/drive.ts
