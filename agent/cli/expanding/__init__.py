"""What `wenqu expand` does around the job: choosing, estimating, asking, showing and ending."""
