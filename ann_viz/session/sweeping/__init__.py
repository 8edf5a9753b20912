"""Many runs with other settings: which to try, trained in processes of their own or on a cluster, ranked and judged."""
