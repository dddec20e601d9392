long f(int *a)
{
    return (long)(3 - a); //~ ERROR FH1204
}
