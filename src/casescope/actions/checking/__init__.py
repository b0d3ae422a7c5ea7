"""What people look at before they believe a number: quality, the cohort list, doubtful links."""
