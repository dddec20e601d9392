int f(int) //~ ERROR FH1211
{
    return 1;
}
