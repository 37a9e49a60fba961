"""What ``spark-submit`` and ``python -m foldin_spark`` run."""

from foldin_spark.cli import main

if __name__ == "__main__":
    main()
