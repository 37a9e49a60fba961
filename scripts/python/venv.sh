# Python tools in virtual environments, one for each list of pinned versions. Sourced after scripts/versions.

# The folder of the environment with what scripts/python/NAME.txt lists, which is made where it is not there yet.
python_tools() {
  local list=$root/scripts/python/$1.txt python place
  python=$(python3 -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || {
    echo "python3 with venv is missing; install it (Debian: apt-get install python3-venv), then run this again" >&2
    return 1
  }
  place=$FOLDIN_TOOLS_DIR/python-$1-$python-$(cksum <"$list" | cut -d ' ' -f 1)
  if [ ! -e "$place/installed" ]; then
    echo "installing the Python tools of scripts/python/$1.txt" >&2
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list" >&2
    touch "$place/installed"
  fi
  echo "$place"
}
